#!/usr/bin/env python3
"""sarif.py SCHEMA FILE: does the SARIF fit the official schema, and what GitHub demands beyond it? Says where it does not."""
import json
import sys

import jsonschema

with open(sys.argv[1]) as schema, open(sys.argv[2]) as document:
    schema, document = json.load(schema), json.load(document)
errors = [f"{'/'.join(map(str, error.absolute_path))}: {error.message}"
          for error in jsonschema.Draft4Validator(schema).iter_errors(document)]
for run in document["runs"]:
    rules = run["tool"]["driver"]["rules"]
    for rule in rules:
        for key in "shortDescription", "fullDescription", "help":
            if not rule.get(key, {}).get("text"):
                errors.append(f"{rule['id']}: no {key}")
        if not isinstance(rule["properties"].get("security-severity", "0"), str):
            errors.append(f"{rule['id']}: security-severity is no text")
    for number, result in enumerate(run["results"]):
        where = f"result {number}"
        if rules[result["ruleIndex"]]["id"] != result["ruleId"]:
            errors.append(f"{where}: ruleIndex")
        if len(result["locations"]) != 1 or "primaryLocationLineHash" not in result["partialFingerprints"]:
            errors.append(f"{where}: location or fingerprint")
        place = result["locations"][0]["physicalLocation"]["artifactLocation"]
        if place["uri"].startswith("/") or ("uriBaseId" in place) == place["uri"].startswith("file:"):
            errors.append(f"{where}: {place}")
for error in sorted(errors):
    print(f"{sys.argv[2]}: {error}", file=sys.stderr)
sys.exit(1 if errors else 0)

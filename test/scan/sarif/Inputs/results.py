"""Prints the results of a SARIF file one per line; the rules must be those that the results name."""
import json
import sys
import urllib.parse

run = json.load(open(sys.argv[1], encoding="utf-8"))["runs"][0]
rules = run["tool"]["driver"]["rules"]


def place(location):
    physical = location["physicalLocation"]
    region = physical["region"]
    return f'{urllib.parse.unquote(physical["artifactLocation"]["uri"])}:{region["startLine"]}:{region.get("startColumn", 0)}'


seen = set()
for result in run["results"]:
    assert rules[result["ruleIndex"]]["id"] == result["ruleId"], result["ruleId"]
    fingerprint = result["partialFingerprints"]["primaryLocationLineHash"]
    assert fingerprint not in seen, fingerprint
    seen.add(fingerprint)
    print(f'{place(result["locations"][0])}: {result["level"]} {result["ruleId"]}: {result["message"]["text"]}')
    for flow in result.get("codeFlows", []):
        for step in flow["threadFlows"][0]["locations"]:
            print(f'  {place(step["location"])}: {step["location"]["message"]["text"]}')
        print("  end of flow")
    for fix in result.get("fixes", []):
        for replacement in fix["artifactChanges"][0]["replacements"]:
            region = replacement["deletedRegion"]
            text = replacement["insertedContent"]["text"].strip().split("\n")[0]
            print(f'  fix {region["startLine"]}:{region["startColumn"]}-{region["endLine"]}:{region["endColumn"]}: {text}')
for notification in run["invocations"][0].get("toolExecutionNotifications", []):
    print("notification: " + notification["message"]["text"])

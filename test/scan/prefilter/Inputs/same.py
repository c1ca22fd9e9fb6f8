"""same.py FULL OTHER: are the facts the same, but for units that were not parsed? Prints these."""
import json
import sys

full, other = (json.load(open(path, encoding="utf-8")) for path in sys.argv[1:])
skipped = {unit["file"] for unit in other["units"] if unit["status"] == "skipped"}
for facts in (full, other):
    # What each program can read is told of full parses only.
    facts["programs"] = []
    for site in facts["spawn_sites"]:
        site["children"] = []
    facts["units"] = [unit for unit in facts["units"] if unit["file"] not in skipped]
for field in full:
    assert json.dumps(full[field], sort_keys=True) == json.dumps(other[field], sort_keys=True), field
print("skipped:", *sorted(skipped))

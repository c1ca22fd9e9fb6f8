"""Prints static facts one per line, so that a test can expect them beside the code."""
import json
import sys

facts = json.load(open(sys.argv[1], encoding="utf-8"))
where = (lambda fact: fact["file"] + ":" + str(fact["line"])) if "--files" in sys.argv else (lambda fact: str(fact["line"]))
ids = {site["id"]: site for site in facts["spawn_sites"]}
for site in facts["spawn_sites"]:
    line = f'{where(site)}: {site["kind"]} {site["callee"]} in {site["function"]}: {site["environment"]}'
    line += f' [{site["rule"] or "none"}]'
    if site["program"] is not None:
        line += f' program="{site["program"]}"'
    if site["tail"] and "--tail" in sys.argv:
        line += " tail"
    if site["suppressed"]:
        line += f' suppressed: {site["suppression"]}'
    if site["decided_at"] not in ("", site["id"]):
        line += " decided at " + where(ids[site["decided_at"]])
    print(line + ": " + site["reason"])
    for step in site["path"]:
        print(f'  path {where(step)}:{step["column"]}: {step["note"]}')
    if site["spawns"]:
        print("  spawns " + ", ".join(where(ids[name]) for name in site["spawns"]))
    if "--positions" in sys.argv:
        print("  positions", *(f"{line}:{column}" for line, column in site["positions"]), "end", site["end_line"])
for read in facts["environment_reads"]:
    print(f'{where(read)}: read {read["callee"]} in {read["function"]}: {read["name"]}')
for write in facts["environment_writes"]:
    print(f'{where(write)}: write {write["kind"]} {write["callee"]} in {write["function"]}: {write["name"]}')
for hazard in facts["hazards"]:
    suppressed = f' suppressed: {hazard["suppression"]}' if hazard["suppressed"] else ""
    print(f'{where(hazard)}: hazard {hazard["rule"]} in {hazard["function"]}: {hazard["message"]}{suppressed}')
for wrapper in facts["wrappers"]:
    print(f'{where(wrapper)}: wrapper {wrapper["function"]}: {wrapper["environment"]}')
for unit in facts["units"]:
    print(f'unit {unit["file"]}: {unit["status"]}')
    for error in unit["errors"]:
        print("  " + error)
for suppression in facts["suppressions"]:
    used = "used" if suppression["used"] else "unused"
    print(f'{where(suppression)}: suppression {suppression["rule"]}: {used}: {suppression["reason"]}')

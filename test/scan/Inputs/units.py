"""Prints units with their repairs, what was skipped, and programs, one fact per line."""
import json
import sys

facts = json.load(open(sys.argv[1], encoding="utf-8"))
for unit in facts["units"]:
    print(f'unit {unit["file"]}: {unit["status"]}, commands {unit["commands"]}, unseen {unit["unseen_mentions"]}')
    for error in unit["errors"]:
        print("  error: " + error)
    for repair in unit["repairs"]:
        print(f'  {repair["kind"]}: {repair["detail"]}')
for entry in facts["skipped"]:
    print(f'skipped {entry["file"]}: {entry["language"]}')
for program in facts["programs"]:
    print(f'program {program["id"]} {program["name"]}: main at {program["main"]["file"]}:{program["main"]["line"]},'
          f' by {program["known_from"]}, units {" ".join(program["units"])}')
    for read in program["reads"]:
        print(f'  reads {read["name"]} at {read["file"]}:{read["line"]}')
    print(f'  unknown reads: {program["unknown_reads"]}')
for site in facts["spawn_sites"]:
    if site["children"]:
        print(f'site {site["file"]}:{site["line"]} {site["callee"]} "{site["program"]}" may start {" ".join(site["children"])}')
for kind in ("reads", "writes"):
    for access in facts["environment_" + kind]:
        print(f'{kind[:-1]} {access["file"]}:{access["line"]}:{access["column"]}: {access["callee"]} in '
              f'{access["function"]}: {access["name"]}')
        for step in access["path"]:
            print(f'  path {step["file"]}:{step["line"]}:{step["column"]}: {step["note"]}')

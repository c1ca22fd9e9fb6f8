"""Scans one source file under each of several commands: DIRECTORY FILE ENVLEAK COMMAND... In DIRECTORY, which holds FILE.
Prints per command the class of each site or the error, the unit's status and repairs, on one line."""
import json
import os
import subprocess
import sys

directory, file, envleak, *commands = sys.argv[1:]
for command in commands:
    database = os.path.join(directory, "each.json")
    with open(database, "w", encoding="utf-8") as output:
        json.dump([{"directory": directory, "file": file, "command": command}], output)
    run = subprocess.run([envleak, "scan", "-p", database, "--fail-on", "never", "--format", "json"],
                         capture_output=True, text=True, env=dict(os.environ))
    if not run.stdout:
        print(f"[{command}] {run.returncode}: {run.stderr.strip()}")
        continue
    facts = json.loads(run.stdout)
    unit = facts["units"][0]
    sites = " ".join(f'{site["program"]}={site["environment"]}' for site in facts["spawn_sites"])
    repairs = "; ".join(f'{repair["kind"]} {repair["detail"]}' for repair in unit["repairs"])
    print(f'[{command}] {run.returncode}: {sites or "nothing"}: {unit["status"]}: {repairs}')

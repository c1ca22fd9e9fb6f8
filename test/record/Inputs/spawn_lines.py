"""spawn_lines < REPORT: one line per process that another one started: its program, its observation, the call, file and line."""
import json
import os
import sys

for process in json.load(sys.stdin)["processes"]:
    by = process["spawned_by"]
    if not by or not by.get("api"):
        continue
    place = f" {os.path.basename(by['file'])}:{by['line']}" if by.get("file") else ""
    print(os.path.basename(process["program"]), process["observation"]["status"], by["api"] + place)

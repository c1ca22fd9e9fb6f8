"""read_lines REPORT: one line per variable that a process read: process, class, name, file and line."""
import json
import os
import sys

with open(sys.argv[1]) as file:
    report = json.load(file)
for process in report["processes"]:
    for read in process["reads"]:
        place = f" {os.path.basename(read['file'])}:{read['line']}" if read.get("file") else ""
        print(process["id"], read["kind"], read["name"] + place)

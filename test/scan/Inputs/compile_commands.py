"""Writes a compile_commands.json: OUTPUT DIRECTORY [FILE [FLAG...]] [-- FILE [FLAG...]]..."""
import json
import os
import sys

output, directory, *rest = sys.argv[1:]
entries, current = [], []
for word in rest + ["--"]:
    if word == "--":
        if current:
            entries.append({"directory": directory, "file": current[0],
                            "arguments": [current.pop(1) if current[1:] and current[1].startswith("compiler=") else "cc"]
                            + ["-c"] + current[1:] + [current[0]]})
            entries[-1]["arguments"][0] = entries[-1]["arguments"][0].removeprefix("compiler=")
        current = []
    else:
        current.append(word)
with open(output, "w", encoding="utf-8", errors="surrogateescape") as file:
    json.dump(entries, file, ensure_ascii=False)

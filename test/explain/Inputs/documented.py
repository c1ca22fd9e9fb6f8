#!/usr/bin/env python3
"""documented.py DOCUMENT FOLDER ENVLEAK [--update]: are the examples of the document what the commands say?

Runs each "$ envleak ..." of the document's console blocks in FOLDER and looks for the lines that follow it in the output,
in their order; "..." stands for any lines. With --update the blocks are written anew, with the whole outputs.
"""
import re
import subprocess
import sys

document, folder, envleak = sys.argv[1:4]
update = "--update" in sys.argv
BLOCK = re.compile(r"```console\n(.*?)```\n", re.S)


def output(command):
    assert command.startswith("envleak "), command
    run = subprocess.run(["sh", "-c", envleak + command[len("envleak"):]], cwd=folder, capture_output=True, text=True)
    if run.returncode not in (0, 1) or run.stderr:
        sys.exit(f"{command}: exit status {run.returncode}: {run.stderr}")
    text = run.stdout.replace(folder + "/", "build/")
    return re.sub(r"\(pid \d+\)", "(pid 4711)", text).splitlines()


def parts(block):
    commands = []
    for line in block.splitlines():
        if line.startswith("$ "):
            commands.append((line[2:], []))
        else:
            commands[-1][1].append(line)
    return commands


def differs(wanted, got):
    at, free = 0, False
    for line in wanted:
        if line == "...":
            free = True
            continue
        found = next((i for i in range(at, len(got)) if got[i] == line), None)
        if found is None or (not free and found != at):
            return line
        at, free = found + 1, False
    return None if free or at == len(got) else "(nothing more)"


with open(document) as file:
    text = file.read()
if update:
    text = BLOCK.sub(lambda block: "```console\n" + "".join(
        "\n".join(["$ " + command] + output(command)) + "\n" for command, _ in parts(block.group(1))) + "```\n", text)
    with open(document, "w") as file:
        file.write(text)
    sys.exit(0)
checked = 0
for block in BLOCK.findall(text):
    for command, wanted in parts(block):
        got = output(command)
        if missing := differs(wanted, got):
            sys.exit(f"{document}: $ {command}\nwants: {missing}\ngot:\n" + "\n".join(got))
        checked += 1
print(f"{checked} examples")

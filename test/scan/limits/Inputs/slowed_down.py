"""SECONDS COMMAND...: runs the command, and stops its children for so long, soon after they have begun."""
import os
import signal
import subprocess
import sys
import time

command = subprocess.Popen(sys.argv[2:])
children = []
while not children and command.poll() is None:
    with open(f"/proc/{command.pid}/task/{command.pid}/children", encoding="ascii") as file:
        children = [int(child) for child in file.read().split()]
for child in children:
    os.kill(child, signal.SIGSTOP)
time.sleep(float(sys.argv[1]))
for child in children:
    os.kill(child, signal.SIGCONT)
sys.exit(command.wait())

# kill_scan.py FIFO COMMAND...: kills the command once something reads FIFO, and tells when nothing does any more.
import os
import select
import subprocess
import sys

scan = subprocess.Popen(sys.argv[2:], stdout=subprocess.DEVNULL)
fifo = os.open(sys.argv[1], os.O_WRONLY)  # waits for the reader
scan.kill()
scan.wait()
poll = select.poll()
poll.register(fifo, 0)  # of a pipe without readers: POLLERR
print("the reader is gone" if poll.poll(60000) else "the reader is still there")

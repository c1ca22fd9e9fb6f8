"""excerpts.py ROOT STATIC TRACE: facts that point at all sorts of files."""
import sys

from facts import Run, Static

root, static_file, trace_file = sys.argv[1:4]
s = Static(root)
for file in "a.c", "fifo.c", "../outside.c", root + "/../outside.c", "gone.c":
    s.site(file, 1, "execvp", "f", rule="envleak-inherited")
s.save(static_file)
r = Run(outside="API_TOKEN")
child = r.spawn("p1", "/src/worker", at=[f"{root}/a.c:1 f"])
r.read(child, "API_TOKEN", at=[f"{root}/other.c:1 main"])
r.open_file(child, f"{root}/.env", API_TOKEN="other")
r.save(trace_file)

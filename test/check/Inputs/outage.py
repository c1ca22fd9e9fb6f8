#!/usr/bin/env python3
"""The incident in small: a service's database settings reach a worker through a wrapper and beat its own .env.

outage.py STATIC TRACE [fixed]
"""
import sys

sys.dont_write_bytecode = True  # nothing is left in the source tree

from facts import Run, Static  # noqa: E402

static_file, trace_file = sys.argv[1:3]
fixed = "fixed" in sys.argv[3:]

s = Static()
s.unit("service.cpp")
s.unit("spawn.cpp")
s.unit("worker.cpp")
environment = "explicit" if fixed else "inherited"
s.site("spawn.cpp", 14, "execve" if fixed else "execvp", "run_command", environment=environment,
       rule="" if fixed else "envleak-inherited")
s.site("service.cpp", 30, "run_command", "handle_order", kind="wrapper", spawns=["s1"], environment=environment,
       decided_at="s1", path=[{"file": "spawn.cpp", "line": 14, "column": 3,
                               "note": "'run_command' passes its parameter 'argv' on to 'execvp'"}])
s.read("worker.cpp", 22, "DB_DATABASE", "database_name")
s.read("worker.cpp", 90, "WORKER_DEBUG", "debug")
s.save(static_file)

r = Run(outside="PATH LANG DB_DATABASE DB_PASSWORD FEATURE_X")
worker = r.spawn("p1", "/src/build/worker", api="execve" if fixed else "execvp",
                 at=["spawn.cpp:14:3 run_command", "service.cpp:30:3 handle_order", "service.cpp:50 main"],
                 keep="PATH" if fixed else None)
r.open_file(worker, "/src/worker/.env", DB_DATABASE="worker")
r.read(worker, "PATH")
if not fixed:
    r.read(worker, "DB_DATABASE", at=["worker.cpp:22:9 database_name", "worker.cpp:60 main"])
r.save(trace_file)

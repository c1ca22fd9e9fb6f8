#!/usr/bin/env python3
"""A report with one of everything, and hostile names: static facts and a trace for tests of formats.

many.py STATIC TRACE
"""
import sys

sys.dont_write_bytecode = True

from facts import Run, Static, hash_of  # noqa: E402

s = Static()
s.unit("main.cpp")
s.unit("gone.cpp", "missing", "no such file")
s.site("ab/ä`|<i>.cpp", 5, "execvp", "f", rule="envleak-inherited")
s.site("main.cpp", 9, "run", "g@x", kind="wrapper", spawns=["s1"], rule="", path=[
    {"file": "ab/ä`|<i>.cpp", "line": 5, "column": 3, "note": "'run' passes 'argv' on to 'execvp'"}], decided_at="s1")
s.site("./loose.cpp", 20, "system", "unused", rule="envleak-inherited")
s.site("main.cpp", 30, "system", "accepted", rule="envleak-inherited", suppressed=True, suppression="as told")
s.site("third/x.cpp", 3, "system", "vendored", rule="envleak-inherited")
s.save(sys.argv[1])
evil = "E\x01\x1b[31m]]>&<b>`|@all\ufffe"
r = Run(outside="PATH DB_HOST API_TOKEN")
r.image("p1")["_environment"][evil] = "x"
r.image("p1")["received"].append({"name": evil, "hash": hash_of("x"), "shape": ""})
for _ in range(3):
    worker = r.spawn("p1", '/src/build/wor"k\\er', at=["ab/ä`|<i>.cpp:5 f", "main.cpp:9 g"])
    r.read(worker, "DB_HOST", at=["worker.cpp:3 f"])
    r.read(worker, evil)
    r.read(worker, "API_TOKEN", kind="touched")
    r.spawn(worker, "/usr/bin/static", observation="blind", reasons=["static"])
r.open_file(worker, "/etc/x.env", DB_HOST="other")
r.blind_spot("static", "a detail", "p3")
r.save(sys.argv[2])

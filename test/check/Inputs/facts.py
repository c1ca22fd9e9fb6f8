#!/usr/bin/env python3
"""Builds static and runtime facts in small words, so that a test shows only what matters to it.

A test imports this module, fills a Static and a Run, and saves both:

    from facts import Static, Run
    s = Static()
    s.site("spawn.cpp", 14, "execvp", "run_command", environment="inherited", rule="envleak-inherited")
    s.save("static.json")
    r = Run(outside="PATH DB_HOST")
    p2 = r.spawn("p1", "./worker", at=["spawn.cpp:14 run_command", "main.cpp:30 main"])
    r.read(p2, "DB_HOST", at=["worker.cpp:22 host"])
    r.save("trace.json")

Places are "FILE:LINE[:COLUMN] FUNCTION", innermost first; a FILE without a slash at its start lies below /src.
A FILE of "-" is a frame without debug information: "-/path/of/module FUNCTION".
"""
import hashlib
import json

ROOT = "/src"


def hash_of(value):
    return hashlib.md5(value.encode()).hexdigest()[:16]


def frame(place, module):
    where, _, function = place.partition(" ")
    if where.startswith("-"):
        return {"module": where[1:], "build_id": "", "offset": 16, "function": function, "file": "", "line": 0,
                "column": 0, "inlined": False}
    file, line, column = (where.split(":") + ["0", "0"])[:3]
    return {"module": module, "build_id": "0123abcd", "offset": 32, "function": function,
            "file": file if file.startswith("/") else f"{ROOT}/{file}", "line": int(line), "column": int(column),
            "inlined": False}


class Static:
    def __init__(self, root=ROOT):
        self.facts = {"schema": "envleak-static-facts/1", "tool": {"name": "envleak", "version": "0"}, "root": root,
                      "spawn_sites": [], "environment_reads": [], "environment_writes": [], "hazards": [],
                      "wrappers": [],
                      "units": [], "suppressions": []}

    def site(self, file, line, callee, function, environment="inherited", kind="direct", column=3, **more):
        number = len(self.facts["spawn_sites"]) + 1
        site = {"id": f"s{number}", "kind": kind, "file": file, "line": line, "column": column, "end_line": line,
                "positions": [[line, column]], "tail": False, "callee": callee, "function": function,
                "environment": environment, "reason": "", "path": [], "spawns": [], "callers": [],
                "decided_at": f"s{number}", "program": None, "rule": "", "suppressed": False, "suppression": ""}
        site.update(more)
        self.facts["spawn_sites"].append(site)
        for end in site["spawns"]:
            self.facts["spawn_sites"][int(end[1:]) - 1]["callers"].append(site["id"])
        return site["id"]

    def read(self, file, line, name, function="f", column=3):
        self.facts["environment_reads"].append({"file": file, "line": line, "column": column, "function": function,
                                                "callee": "getenv", "name": name})

    def program(self, name, file, line, reads=(), unknown_reads=0):
        """`reads`: "NAME FILE:LINE"."""
        programs = self.facts.setdefault("programs", [])
        places = [(word.split()[0], *word.split()[1].split(":")) for word in reads]
        programs.append({"id": f"g{len(programs) + 1}", "name": name, "main": {"file": file, "line": line},
                         "known_from": "link-command", "units": [file], "unknown_reads": unknown_reads,
                         "reads": [{"name": n, "file": f, "line": int(l), "column": 1} for n, f, l in places]})

    def unit(self, file, status="complete", *errors):
        self.facts["units"].append({"file": file, "status": status, "errors": list(errors)})

    def save(self, path):
        with open(path, "w") as out:
            json.dump(self.facts, out)


class Run:
    """One recorded run; its first image is p1. Variables are NAME or NAME=VALUE (the value only makes the hash)."""

    def __init__(self, outside="", program="/src/build/service", module="/src/build/service"):
        self.module = module
        self.order = 0
        self.facts = {"schema": "envleak-runtime-facts/1", "tool": {"name": "envleak", "version": "0"},
                      "command": [program], "directory": ROOT, "finished": True, "images": [], "edges": [],
                      "blind_spots": []}
        self._image(program, None, self._variables(outside))

    def _next(self):
        self.order += 1
        return self.order

    @staticmethod
    def _variables(words):
        return dict((word.split("=", 1) + ["value of " + word])[:2] for word in words.split())

    def _image(self, program, parent, received, observation="full", reasons=()):
        number = len(self.facts["images"]) + 1
        image = {"id": f"p{number}", "parent": parent, "pid": 100 + number, "exec_number": 1, "program": program,
                 "argv": [program], "exit": {"status": 0},
                 "observation": {"status": observation, "reasons": list(reasons)},
                 "received": [{"name": name, "hash": hash_of(value), "shape": ""} for name, value in received.items()],
                 "reads": [], "writes": [], "files": [], "files_written": []}
        self.facts["images"].append(image)
        image["_environment"] = received
        return image["id"]

    def image(self, identity):
        return self.facts["images"][int(identity[1:]) - 1]

    def spawn(self, parent, program, at=(), api="execvp", keep=None, give="", observation="full", reasons=(), error=0,
              compared=True, frames_complete=True):
        """`keep`: names that cross (all, if None); `give`: variables added or changed on the edge."""
        had = self.image(parent)["_environment"]
        given = self._variables(give)
        kept = {n: v for n, v in had.items() if (keep is None or n in keep.split()) and n not in given}
        child = None
        if not error:
            child = self._image(program, parent, {**kept, **given}, observation, reasons)
        self.facts["edges"].append({
            "id": f"e{len(self.facts['edges']) + 1}", "parent": parent, "child": child, "pid": 1, "api": api,
            "program": program, "error": error, "order": self._next(), "frames": [frame(p, self.module) for p in at],
            "frames_complete": frames_complete, "compared": compared,
            "crossed": sorted(kept) if compared else [],
            "added": sorted(set(given) - set(had)) if compared else [],
            "changed": sorted(set(given) & set(had)) if compared else [],
            "removed": sorted(set(had) - set(kept) - set(given)) if compared else []})
        return child

    def read(self, image, name, at=(), kind="read", count=1, module=None):
        self.image(image)["reads"].append({
            "kind": kind, "name": name, "set": name in self.image(image)["_environment"],
            "api": "getenv" if kind == "read" else "", "count": count, "order": self._next(),
            "frames": [frame(p, module or self.image(image)["program"]) for p in at]})

    def write(self, image, variable, at=(), kind="set", api="setenv"):
        (name, value), = self._variables(variable).items()
        if kind in ("set", "put"):
            self.image(image)["_environment"] = {**self.image(image)["_environment"], name: value}
        self.image(image)["writes"].append({"kind": kind, "name": name, "hash": hash_of(value), "api": api,
                                            "order": self._next(), "frames": [frame(p, self.module) for p in at]})

    def open_file(self, image, path, **defines):
        self.image(image)["files"].append({"path": path, "order": self._next(), "defines": [
            {"name": name, "line": line, "hash": hash_of(value)}
            for line, (name, value) in enumerate(defines.items(), start=1)], "values": []})

    def write_file(self, image, path):
        self.image(image)["files_written"].append({"path": path, "order": self._next()})

    def open_written(self, image, path, *values):
        """The file holds each value, as "NAME=value" or of the variables' own values, one a line."""
        self.image(image)["files"].append({"path": path, "order": self._next(), "defines": [], "values": [
            {"line": line, "hash": hash_of(value)}
            for line, variable in enumerate(values, start=1) for value in self._variables(variable).values()]})

    def blind_spot(self, kind, detail, process=None):
        self.facts["blind_spots"].append({"process": process, "kind": kind, "detail": detail})

    def save(self, path):
        for image in self.facts["images"]:
            image.pop("_environment", None)
        with open(path, "w") as out:
            json.dump(self.facts, out)

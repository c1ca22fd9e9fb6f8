"""The statements of the outage's report that other tools rely on."""
import json
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    report = json.load(file)

sites = {(site["file"], site["line"]): site for site in report["sites"]}
spawn = sites["orders/start.cpp", 15]
assert (spawn["kind"], spawn["environment"], spawn["verdict"]) == ("direct", "inherited", "confirmed"), spawn
assert spawn["rule"] == "envleak-inherited", spawn
assert ("DB_DATABASE", "read") in [(entry["name"], entry["reading"]) for entry in spawn["crossed"]], spawn
assert ("DB_DATABASE", "worker/main.cpp", 15) in [(r["name"], r["file"], r["line"]) for r in spawn["read"]], spawn
wrapper = sites["orders/main.cpp", 44]
assert (wrapper["kind"], wrapper["verdict"], wrapper["rule"]) == ("wrapper", "confirmed", ""), wrapper
assert [(step["file"], step["line"]) for step in wrapper["path"]][-1] == ("orders/start.cpp", 15), wrapper

worker = next(process for process in report["processes"] if process["program"].endswith("/worker"))
assert "DB_DATABASE" in worker["crossed"], worker
reads = [read for read in worker["reads"] if read["name"] == "DB_DATABASE" and read["kind"] == "read"]
assert any(read["file"].endswith("worker/main.cpp") and read["line"] == 15 for read in reads), reads

variable = next(entry for entry in report["variables"] if entry["name"] == "DB_DATABASE")
assert variable["shadowed_files"][0]["file"].endswith("/.env"), variable
assert variable["shadowed_files"][0]["line"] == 1, variable

rules = {finding["rule"] for finding in report["findings"] if finding["level"] == "error"}
assert {"envleak-inherited", "envleak-shadowed-file"} <= rules, rules

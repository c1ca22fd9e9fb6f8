"""The page's data with its numbers resolved, by the names that the JSON report uses."""
import json
import re


class PageData:
    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self.data = json.loads(re.search(r'id="data">(.*?)</script>', file.read(), re.S).group(1))

    def text(self, index):
        return self.data["strings"][index]

    def or_none(self, index):
        return self.text(index) or None

    def texts(self, index):
        return [self.text(i) for i in self.data["lists"][index]]

    def name(self, index):
        return self.text(self.data["names"]["text"][index])

    def names(self, index):
        return [self.name(i) for i in self.data["lists"][index]]

    def rows(self, table):
        columns = self.data[table]
        return [dict(zip(columns, row)) for row in zip(*columns.values(), strict=True)]

    def place(self, index):
        row = {key: self.data["places"][key][index] for key in ("file", "line", "column", "function", "module")}
        return {key: value if key in ("line", "column") else self.or_none(value) for key, value in row.items()}

    def image(self, reference):
        return None if reference == 0 else self.text(self.data["images"]["id"][reference - 1])

    def edge(self, reference):
        return None if reference == 0 else self.text(self.data["edges"]["id"][reference - 1])

    def edge_list(self, index):
        return [self.edge(e + 1) for e in self.data["lists"][index]]

    def site_list(self, index):
        return [self.data["sites"][s]["id"] for s in self.data["lists"][index]]

    def processes(self):
        reads = self.rows("reads")
        edges = self.rows("edges")
        for row in self.rows("images"):
            kind, _, value = self.text(row["end"]).partition(" ")
            edge = edges[row["edge"] - 1] if row["edge"] else None
            shown = {"id": self.text(row["id"]), "run": f"r{row['run'] + 1}", "parent": self.image(row["parent"]),
                     "pid": row["pid"], "program": self.text(row["program"]), "argv": self.texts(row["argv"]),
                     "exit": {{"exit": "status", "signal": "signal"}[kind]: int(value)},
                     "observation": {"status": self.data["observations"][row["observation"]],
                                     "reasons": self.texts(row["reasons"])}}
            for key in "crossed", "added", "changed", "removed":
                shown[key] = self.names(edge[key]) if edge else []
            yield shown | {"reads": self.Unordered(
                {"name": self.name(read["name"]), "kind": self.data["kinds"][read["kind"]], "set": bool(read["set"]),
                 **self.place(read["place"]), "count": read["count"], "via": self.or_none(read["api"])}
                for read in (reads[i] for i in self.data["lists"][row["reads"]]))}

    class Unordered(list):
        """The page sorts reads by name; the report has them in order of time."""
        def __eq__(self, other):
            return sorted(map(json.dumps, self)) == sorted(map(json.dumps, other))

    def edges(self):
        for row in self.rows("edges"):
            yield {"id": self.text(row["id"]), "parent": self.image(row["parent"] + 1),
                   "child": self.image(row["child"]), "api": self.text(row["api"]),
                   "program": self.text(row["program"]), "compared": bool(row["compared"]),
                   "join": self.data["joins"][row["join"]], "sites": self.site_list(row["sites"]),
                   "wrappers": self.site_list(row["wrappers"]), **self.place(row["place"])}

    def sites(self):
        for site in self.data["sites"]:
            place = self.place(site["place"])
            yield {key: site[key] for key in ("id", "kind", "callee", "environment", "reason", "verdict", "why", "rule",
                                              "ambiguous", "suppressed")} | {
                "file": place["file"], "line": place["line"], "function": place["function"],
                "spawns": self.site_list(site["spawns"]), "callers": self.site_list(site["callers"]),
                "edges": self.edge_list(site["edges"]), "failed_edges": self.edge_list(site["failed"]),
                "unobserved": [self.image(i + 1) for i in self.data["lists"][site["unobserved"]]],
                "crossed": [{"name": self.name(name), "class": self.data["classes"][self.data["names"]["class"][name]],
                             "reading": reading, "reason": reason or None} for name, reading, reason in site["crossed"]]}

    def variables(self):
        for variable in self.data["variables"]:
            origin = variable["origin"]
            readers = [(self.image(self.data["lists"][images][0] + 1), self.data["kinds"][kind],
                        self.place(place)["line"], len(self.data["lists"][images]), count)
                       for _, kind, place, _, count, images in variable["readers"]]
            yield {"name": self.name(variable["name"]), "origins": variable["origins"],
                   "origin": origin and self.Part(kind=origin["kind"], process=self.image(origin["image"] + 1),
                                                  line=self.place(origin["place"])["line"]),
                   "path": self.edge_list(variable["path"]), "readers": self.Readers(readers),
                   "shadowed_files": [{"process": self.image(i + 1), "line": line, "file": file}
                                      for i, file, line, _ in variable["shadowed"]]}

    class Part(dict):
        """Equal if the other says the same of these keys."""
        def __eq__(self, other):
            return other is not None and all(other[key] == value for key, value in self.items())

    class Readers(list):
        def __eq__(self, other):
            return sorted(self) == sorted((r["process"], r["kind"], r["line"], r["processes"], r["count"]) for r in other)

    def findings(self):
        for finding in self.data["findings"]:
            yield {key: finding[key] for key in ("rule", "level", "message", "count", "fingerprint")} | {
                "site": finding["site"] and self.data["sites"][finding["site"] - 1]["id"] or None,
                "process": self.image(finding["image"]), "edge": self.edge(finding["edge"]),
                "variable": self.name(finding["name"] - 1) if finding["name"] else None, **self.place(finding["place"])}

    def blind_spots(self):
        for row in self.rows("blind_spots"):
            yield {"process": self.image(row["image"]), "kind": self.text(row["kind"]),
                   "detail": self.text(row["detail"])}

"""What envleak told of a variant, and questions to it."""
import json
import os
import re
import typing


class Place(typing.NamedTuple):
    file: str  # below the variant's folder
    line: int


def mentions(value, place):
    """Whether this place stands anywhere in this part of the JSON."""
    if isinstance(value, list):
        return any(mentions(part, place) for part in value)
    if not isinstance(value, dict):
        return False
    file = value.get("file")
    here = isinstance(file, str) and ("/" + file).endswith("/" + place.file) and value.get("line") == place.line
    return here or any(mentions(part, place) for part in value.values())


class Report:
    def __init__(self, json_file, text_file, folder):
        below = f"{folder}/"
        self.data = json.loads(json_file.read_text().replace(below, ""))
        self.text = re.sub(r"\s+", " ", text_file.read_text().replace(below, ""))
        self.folder, self.deviations = folder, []

    def demand(self, holds, otherwise):
        if not holds:
            self.deviations.append(otherwise)

    def place(self, file, *marks):
        """The line of the application's file that has the last mark, after lines with those before it."""
        marks = list(marks)
        for number, line in enumerate((self.folder / file).read_text().splitlines(), 1):
            if marks[0] in line:
                marks.pop(0)
                if not marks:
                    return Place(file, number)
        raise LookupError(f"{file} has no {marks}")

    def process(self, argument, program="php"):
        """The one process of the program that was started with the argument."""
        found = [process for process in self.data["processes"] if argument in process["argv"] and
                 os.path.basename(process["program"]).startswith(program)]
        self.demand(len(found) == 1, f"{len(found)} processes are {program} {argument}")
        return found[0] if len(found) == 1 else {"id": "", "exit": None, "observation": {"status": "", "reasons": []},
                                                 "received": [], "crossed": [], "reads": []}

    def worker(self, argument="migrate:fresh"):
        """The worker, which must have been seen in full and have come to its end."""
        worker = self.process(argument)
        self.demand(worker["exit"] == {"status": 0}, f"the worker exits with {worker['exit']}")
        self.demand(worker["observation"]["status"] == "full", f"the worker is observed {worker['observation']}")
        return worker

    def site(self, place, verdict):
        """The one site of this place, which must have this verdict, in the JSON and in the text."""
        found = [site for site in self.data["sites"] if mentions(site, place)]
        self.demand(len(found) == 1, f"{len(found)} sites are of {place.file}:{place.line}")
        site = found[0] if len(found) == 1 else {"verdict": "", "crossed": [], "read": []}
        self.demand(site["verdict"] == verdict, f"{place.file}:{place.line} is {site['verdict']}, not {verdict}")
        if verdict != "contained":  # of these the text has the number only
            self.says(verdict.capitalize(), place)
        return site

    def crossed(self, site, names):
        """All of these and no others of concern crossed at the site."""
        crossed = {variable["name"] for variable in site["crossed"] if variable["class"] != "ambient"}
        self.demand(crossed == set(names), f"crossed: {sorted(crossed)}, not {sorted(names)}")

    def read(self, process, name, place):
        """The process read the variable by name, in the line of its program."""
        reads = [read for read in process["reads"] if read["name"] == name and read["kind"] == "read" and read["set"]]
        self.demand(any(mentions(read, place) for read in reads),
                    f"{name} is not told as read at {place.file}:{place.line}: {reads}")

    def variable(self, name, process):
        """What is told of the variable that has its origin in the process."""
        found = [variable for variable in self.data["variables"] if variable["name"] == name and variable["origin"] and
                 variable["origin"]["process"] == process["id"]]
        self.demand(len(found) == 1, f"{len(found)} variables {name} come from {process['id']}")
        return found[0] if len(found) == 1 else {"origin": {"kind": "", "api": ""}, "shadowed_files": []}

    def loaded(self, name, process, place):
        """The process set the variable with putenv, in a line of PHP, from this line of its settings file."""
        variable = self.variable(name, process)
        origin = variable["origin"]
        self.demand((origin["kind"], origin["api"]) == ("write", "putenv"), f"{name} comes from {origin}")
        self.demand((origin.get("file") or "").endswith((".php", "artisan")), f"{name} is not told as set in PHP: {origin}")
        self.demand(mentions(origin, place), f"{name} is not told as from {place.file}:{place.line}: {origin}")

    def beaten(self):
        """The names of which an inherited value beat a settings file, with the place there."""
        return {(variable["name"], shadowed["file"], shadowed["line"]) for variable in self.data["variables"]
                for shadowed in variable["shadowed_files"]}

    def findings(self, rule):
        return [finding for finding in self.data["findings"] if finding["rule"] == rule]

    def names(self, file):
        return json.dumps(file)[1:] in json.dumps(self.data)

    def says(self, *parts):
        """The text has these words and places in this order."""
        words = [re.escape(f"{part.file}:{part.line}") + r"\b" if isinstance(part, Place) else re.escape(part)
                 for part in parts]
        if not re.search(".*?".join(words), self.text):
            self.deviations.append("the text does not say: " + " ... ".join(
                f"{part.file}:{part.line}" if isinstance(part, Place) else part for part in parts))

"""wellformed.py REPORT: elements are closed as they were opened, and no attribute leads out of the page."""
import json
import sys
from html.parser import HTMLParser

VOID = {"meta", "input", "br"}


class Checker(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open = []
        self.data = ""

    def handle_starttag(self, tag, attributes):
        names = [name for name, _ in attributes]
        assert not {"src", "href", "style"} & set(names) and not any(n.startswith("on") for n in names), (tag, names)
        if tag not in VOID:
            self.open.append(tag)
        self.is_data = dict(attributes).get("id") == "data"

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, (tag, self.open)
        self.is_data = False

    def handle_data(self, data):
        if self.open and self.is_data:
            self.data += data


checker = Checker()
with open(sys.argv[1], encoding="utf-8") as file:
    checker.feed(file.read())
checker.close()
assert checker.open == [], checker.open
assert json.loads(checker.data)["tool"].startswith("envleak ")

"""scan.py REPORT: the report of a scan."""
import sys

from browser import Report

with Report(sys.argv[1]) as page:
    assert [text.rstrip(" 0123456789") for text in page.text("#views a")] == [
        "Summary", "Findings", "Spawn sites", "Blind spots"], page.text("#views a")
    page.shows("#view h2", "0 errors, 2 warnings")
    page.shows("#view", "no run was given")
    page.click(".tile", "inherited")
    page.shows(".rows .row", "execvp")
    page.click(".rows .row", "execvp")
    page.shows("#detail .excerpt .here", 'return execvp("worker", argv);')
    page.shows("#detail dd", "none: no run was given")

"""outage.py REPORT PICTURES: what the three readers of the outage's report do."""
import re
import sys

from browser import POOR_CONTRAST, Keys, Report

VIEWS = ["Summary", "Findings", "Processes", "Variables", "Spawn sites", "Blind spots"]


def summary(page):
    page.shows("#view h2", "2 errors, 0 warnings")
    page.shows(".tile.bad", "2confirmed")
    page.shows("#view td", "DB_PASSWORD")
    page.click(".tile", "confirmed")
    page.wait(lambda: len(page.rows()) == 2 and page.hash().endswith("verdict=confirmed"), "the confirmed sites")


def search(page):
    """From the summary to where it is."""
    page.view("Summary")
    page.keys("/", "start.cpp")
    page.wait(lambda: "Spawn sites 2/2" in page.text("#views a")[4], "matches of every view")
    page.keys(Keys.ENTER)
    page.wait(lambda: page.hash().startswith("#/findings") and len(page.rows()) == 1, "the finding there")
    page.keys(Keys.ESCAPE)
    page.wait(lambda: len(page.rows()) == 2, "all findings")


def links(page):
    """From a finding to the process, the variable and the site, and back."""
    page.view("Findings")
    page.click(".rows .row", "beats the one")
    page.shows("#detail", "envleak-shadowed-file")
    page.click("#detail a", "worker")
    page.shows("#detail h2", "p2 worker")
    page.shows("#detail .excerpt .here", "execvp(arguments[0], arguments.data());")
    rows = page.text("#detail tr")
    assert "DB_DATABASEsettingcrossedread" in rows and "DB_PASSWORDsecretcrossednot read" in rows, rows
    assert not any("PATH" in row and "ambient" in row for row in rows), rows
    page.click("#detail label", "ambient")
    page.shows("#detail tr", "PATHambientcrossed")
    page.click("#detail td a", "DB_DATABASE")
    page.shows("#detail .flow", "p2 worker read by execvp at orders/start.cpp:15")
    page.shows("#detail td", ".env:1")
    page.chromium.back()
    page.shows("#detail h2", "p2 worker")
    page.click("#detail a", "execvp at orders/start.cpp:15")
    page.shows("#detail dd", "everything: the call names no environment")
    page.shows("#detail dd", "confirmed 1 variable crossed and was read")
    page.shows("#detail li", "start at orders/main.cpp:44")
    page.chromium.back()
    page.chromium.back()
    page.shows("#detail", "envleak-shadowed-file")


def filters(page):
    page.view("Variables")
    page.wait(lambda: len(page.rows()) == 2, "variables that are not ambient")
    page.choose("class", "secret")
    page.wait(lambda: len(page.rows()) == 1 and "DB_PASSWORD" in page.rows()[0], "the secret alone")
    page.choose("class", "")
    page.choose("ambient", "show")
    page.wait(lambda: any("PATH" in row for row in page.rows()), "ambient variables")
    page.choose("unset", "show")
    page.wait(lambda: any("never set" in row for row in page.rows()), "names that were asked for")
    shown, _, all_of_them = page.text(".status")[0].partition(" in all")
    assert int(shown) == len(page.rows()), page.text(".status")
    page.view("Spawn sites")
    page.choose("kind", "wrapper")
    page.wait(lambda: len(page.rows()) == 1 and "orders/main.cpp:44" in page.rows()[0], "the wrapper site")


def keyboard(page):
    page.view("Summary")
    page.keys("3")
    page.wait(lambda: page.script("return document.activeElement.role") == "treegrid", "the tree has the focus")
    page.keys(Keys.HOME)
    page.wait(lambda: "p1 orders" in page.selected()[0], "the first process")
    page.keys(Keys.ARROW_LEFT)
    page.wait(lambda: len(page.rows()) == 1, "its children are closed")
    assert page.text("[aria-expanded=false]"), "a closed row says so"
    page.keys(Keys.ARROW_RIGHT)
    page.wait(lambda: len(page.rows()) == 2, "and open again")
    page.keys(Keys.ARROW_RIGHT)
    page.wait(lambda: "p2 worker" in page.selected()[0], "its first child")
    assert page.script("""const list = document.activeElement;
      return document.getElementById(list.getAttribute('aria-activedescendant')).textContent""") == page.selected()[0]
    page.keys(Keys.ENTER)
    page.wait(lambda: page.script("return document.activeElement.id") == "detail", "the details have the focus")
    page.keys("l")
    page.keys("/")
    page.wait(lambda: page.script("return document.activeElement.id") == "search", "the search has the focus")
    page.keys("db_passw")
    page.wait(lambda: "Variables 1/" in page.text("#views a")[3], "matches of every view")
    page.wait(lambda: len(page.rows()) == 2, "the processes that have it")
    page.keys("ord no-such-word")
    page.wait(lambda: page.rows() == [], "no match")
    page.shows(".empty:not([hidden])", "Nothing matches")
    page.keys(Keys.ESCAPE)
    page.wait(lambda: len(page.rows()) == 2 and "q=" not in page.hash(), "the search is cleared")
    page.keys("?")
    page.wait(lambda: page.all("dialog[open]"), "the list of keys")
    page.shows("dialog dd", "variables crossed and a child read them")
    assert "[object" not in page.text("dialog")[0]
    page.picture("keys")
    page.keys(Keys.ESCAPE)
    page.wait(lambda: not page.all("dialog[open]"), "it is closed")


def looks(page):
    """Every view, in both schemes and two widths: legible, nothing out of the window."""
    for scheme in "light", "dark":
        page.scheme(scheme)
        dark = page.script("return getComputedStyle(document.body).backgroundColor") != "rgb(255, 255, 255)"
        assert dark == (scheme == "dark")
        for width in (1280, 700, 420) if scheme == "light" else (1280,):
            page.size(width, 860)
            for view in VIEWS:
                page.view(view)
                page.picture(f"{view.lower().replace(' ', '-')}-{scheme}-{width}")
                words = page.script("return document.body.innerText")
                assert not re.search(r"\[object|undefined|NaN|\bnull\b", words), (view, words)
                poor = page.script(POOR_CONTRAST)
                assert not poor, (view, scheme, width, poor)
                wide = page.script("return document.scrollingElement.scrollWidth")
                assert wide <= width, (view, width, wide)
    page.size(1280, 860)
    page.click("#theme")  # the system says dark; the button goes from "auto" through "dark" to "light"
    page.click("#theme")
    page.wait(lambda: page.script("return getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)",
              "light in spite of the system")
    page.click("#theme")


def paper(page):
    page.view("Processes")
    page.chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    page.script("dispatchEvent(new Event('beforeprint'))")
    assert len(page.rows()) == 2
    assert page.script("return getComputedStyle(document.querySelector('.rows .row')).position") == "static"
    page.picture("print")
    page.chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    page.script("dispatchEvent(new Event('afterprint'))")


with Report(sys.argv[1], sys.argv[2]) as report:
    assert [text.rstrip(" 0123456789") for text in report.text("#views a")] == VIEWS
    for step in summary, search, links, filters, keyboard, looks, paper:
        step(report)

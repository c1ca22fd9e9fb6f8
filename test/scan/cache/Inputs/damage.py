"""damage.py CACHE DATABASE ENVLEAK EXPECTED: harms all files of one kind in the cache, scans again, and compares."""
import os
import re
import shutil
import subprocess
import sys

cache, database, envleak, expected = sys.argv[1:]


def files(kind):
    return sorted(os.path.join(folder, name) for folder, _, names in os.walk(os.path.join(cache, kind)) for name in names)


def change(path, edit):
    with open(path, "rb") as file:
        content = file.read()
    with open(path, "wb") as file:
        file.write(edit(content))


def folder(path):
    os.unlink(path)
    os.mkdir(path)


def link(path):
    os.unlink(path)
    os.symlink("/etc/passwd", path)


def flipped(content):
    return content[:-20] + bytes([content[-20] ^ 4]) + content[-19:]


HARMS = {
    "cut": lambda path: change(path, lambda content: content[: len(content) // 2]),
    "empty": lambda path: change(path, lambda content: b""),
    "flipped": lambda path: change(path, flipped),
    "garbage": lambda path: change(path, lambda content: os.urandom(len(content))),
    "folder": folder,
    "link": link,
}


def scan(harm):
    out = expected + ".again"
    result = subprocess.run([envleak, "scan", "-p", database, "--cache", cache, "--statistics", "--fail-on", "never",
                             "--format", "json", "-o", out], stderr=subprocess.PIPE, text=True, check=True)
    with open(out, "rb") as new, open(expected, "rb") as old:
        assert new.read() == old.read(), harm
    parsed = re.search(r"(\d+) parsed", result.stderr).group(1)
    damaged = re.search(r"(\d+) damaged", result.stderr).group(1)
    print(f"{harm}: {parsed} parsed, {damaged} damaged")


for name, harm in HARMS.items():
    for path in files("results"):
        harm(path)
    scan(name + " (results)")
    # What lies below counts only without a result.
    shutil.rmtree(os.path.join(cache, "results"))
    for path in files("summaries"):
        harm(path)
    scan(name)
    shutil.rmtree(os.path.join(cache, "results"), ignore_errors=True)
    for path in files("commands"):
        if os.path.isdir(path) or os.path.islink(path):
            continue
        harm(path)
    shutil.rmtree(cache) if name in ("folder", "link") else None
    scan(name + " (commands)")
# The index of one command in the place of the other's: its key does not say what it holds.
first, second = files("commands")
with open(first, "rb") as a, open(second, "rb") as b:
    contents = a.read(), b.read()
shutil.rmtree(os.path.join(cache, "results"), ignore_errors=True)
for path, content in zip((first, second), reversed(contents)):
    with open(path, "wb") as file:
        file.write(content)
scan("swapped")

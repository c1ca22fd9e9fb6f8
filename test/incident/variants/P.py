"""Mended as in C, but before that the shop has the worker's configuration cached, by a call that was not mended."""
from parts import shop
from parts.variant import *

REQUESTS = [CACHE_CONFIGURATION, REBUILD_WITHOUT_OURS]
FATE = "lost"
STATUS = 1
CACHE = "worker/bootstrap/cache/config.php"
KEYS = {"DB_DATABASE": "database", "DB_USERNAME": "username", "DB_PASSWORD": "password"}


def expect(report):
    cacher, worker = report.worker("config:cache"), report.worker()
    site = report.site(shop.spawn(report, "cacheConfiguration"), "confirmed")
    report.crossed(site, shop.ALL)
    shop.was_read(report, site, cacher)
    report.site(shop.spawn(report, "rebuildWithoutOurs"), "contained")
    received = set(worker["received"]) & set(shop.ALL)
    report.demand(not received, f"the worker inherits {sorted(received)}")

    ways = {(way["name"], way["writer"], way["reader"], way["file"], way["line"]) for way in report.data["laundered"]}
    for name, key in KEYS.items():
        value = (report.folder / shop.in_shops_file(report, name).file).read_text().split(name + "=")[1].split("\n")[0]
        place = report.place(CACHE, f"'{key}' => '{value}'")
        report.demand((name, cacher["id"], worker["id"], *place) in ways, f"{name} did not come by {place}: {ways}")
        report.says(CACHE, f"which {cacher['id']} php8.2 wrote", worker["id"], name, "envleak-laundered")

"""The worker's configuration was cached from a clean shell: it inherits the same variables and reads none."""
from parts import shop
from parts.variant import *

REQUESTS = [REBUILD]
FATE = "kept"
STATUS = 0
CACHE = "worker/bootstrap/cache/config.php"


def prepare(run):
    run.by_hand("php", "artisan", "config:cache", "--env=worker")


def expect(report):
    worker = report.worker()
    site = report.site(shop.spawn(report, "rebuild"), "latent")
    report.crossed(site, shop.ALL)
    report.demand(set(shop.ALL) <= set(worker["crossed"]), f"crossed to the worker: {worker['crossed']}")
    read = {read["name"] for read in worker["reads"] if read["kind"] == "read"} & set(shop.ALL)
    report.demand(not read, f"the worker read {sorted(read)}")
    shop.beat_nothing(report)
    # Why not: it had its settings from a file that was not written in this run.
    report.demand(not report.data["laundered"], "a value went through a file")
    report.demand(report.names(CACHE), f"{CACHE} is not told")
    report.says("not read", CACHE)

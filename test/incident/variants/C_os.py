"""Mended as in C, but the shop has its settings from its server's environment (docker run -e), and no .env."""
from parts import shop
from parts.variant import *

REQUESTS = [REBUILD_WITHOUT_OURS]
FATE = "lost"
STATUS = 1


def prepare(run):
    """The same settings, from elsewhere."""
    global ENVIRONMENT
    file = run.folder / "shop/.env"
    ENVIRONMENT = ENVIRONMENT | dict(line.split("=", 1) for line in file.read_text().splitlines() if line)
    file.unlink()


def expect(report):
    worker, server = report.worker(), report.data["processes"][0]
    site = report.site(shop.spawn(report, "rebuildWithoutOurs"), "confirmed")
    report.crossed(site, {*shop.ALL, "SHOP_REGION"})
    # Why in spite of the fix: they are not of the shop's .env, and so none was left out.
    for name in shop.ALL:
        kind = report.variable(name, server)["origin"]["kind"]
        report.demand(kind == "outside", f"{name} comes from {kind}")
    removed = [process["removed"] for process in report.data["processes"] if process["parent"] == server["id"]]
    report.demand(removed == [[]], f"left out: {removed}")
    report.says(shop.in_workers_file(report, "DB_DATABASE"), "DB_DATABASE beats", "it came from outside")
    shop.was_read(report, site, worker)
    shop.beat_the_workers_file(report)

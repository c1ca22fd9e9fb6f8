"""Mended: Symfony's Process is told to leave out what the shop's .env defines."""
from parts import shop
from parts.variant import *

REQUESTS = [REBUILD_WITHOUT_OURS]
FATE = "kept"
STATUS = 0


def expect(report):
    worker = report.worker()
    report.site(shop.spawn(report, "rebuildWithoutOurs"), "contained")
    shop.inherited_nothing(report, worker)
    shop.beat_nothing(report)
    for name in shop.OF_CONCERN:
        report.loaded(name, worker, shop.in_workers_file(report, name))

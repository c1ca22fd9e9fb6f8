"""env -i in front of the worker's command."""
from parts import shop
from parts.variant import *

REQUESTS = [REBUILD_WITH_NOTHING]
FATE = "kept"
STATUS = 0


def expect(report):
    worker = report.worker()
    report.site(shop.spawn(report, "rebuildWithNothing"), "contained")
    shop.inherited_nothing(report, worker)
    shop.beat_nothing(report)
    for name in shop.OF_CONCERN:
        report.loaded(name, worker, shop.in_workers_file(report, name))

"""Mended as in C, but before that the shop has the worker's configuration cached, by a call that was not mended."""
from parts.variant import *

REQUESTS = [CACHE_CONFIGURATION, REBUILD_WITHOUT_OURS]
FATE = "lost"
STATUS = 1


def expect(report):
    pass

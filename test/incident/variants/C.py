"""Mended: Symfony's Process is told to leave out what the shop's .env defines."""
from parts.variant import *

REQUESTS = [REBUILD_WITHOUT_OURS]
FATE = "kept"
STATUS = 0


def expect(report):
    pass

"""The bug, as it was: the worker inherits what the shop loaded from its .env."""
from parts.variant import *

REQUESTS = [REBUILD]
FATE = "lost"
STATUS = 1


def expect(report):
    pass

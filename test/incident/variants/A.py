"""The bug, as it was: the worker inherits what the shop loaded from its .env."""
from parts import shop
from parts.variant import *

REQUESTS = [REBUILD]
FATE = "lost"
STATUS = 1


def expect(report):
    shop.was_destroyed_by_the_shops_settings(report)

"""The bug under php-fpm with clear_env = no."""
from parts.variant import *

SERVER = FpmThatKeeps
REQUESTS = [REBUILD]
FATE = "lost"
STATUS = 1


def expect(report):
    pass

"""The bug under php-fpm with clear_env = yes."""
from parts.variant import *

SERVER = Fpm
REQUESTS = [REBUILD]
FATE = "lost"
STATUS = 1


def expect(report):
    pass

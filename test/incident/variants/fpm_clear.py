"""The bug under php-fpm with clear_env = yes: what php-fpm was given stays behind, what the shop loads does not."""
from parts import shop
from parts.variant import *

SERVER = Fpm
REQUESTS = [REBUILD]
FATE = "lost"
STATUS = 1


def expect(report):
    shop.was_destroyed_by_the_shops_settings(report)

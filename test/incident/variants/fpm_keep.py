"""The bug under php-fpm with clear_env = no: what php-fpm was given crosses, too."""
from parts import shop
from parts.variant import *

SERVER = FpmThatKeeps
REQUESTS = [REBUILD]
FATE = "lost"
STATUS = 1


def expect(report):
    shop.was_destroyed_by_the_shops_settings(report, {"SHOP_REGION"})

"""The worker's configuration was cached from a clean shell: it inherits the same variables and reads none."""
from parts.variant import *

REQUESTS = [REBUILD]
FATE = "kept"
STATUS = 0


def prepare(run):
    run.by_hand("php", "artisan", "config:cache", "--env=worker")


def expect(report):
    pass

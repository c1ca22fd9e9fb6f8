"""env -i in front of the worker's command."""
from parts.variant import *

REQUESTS = [REBUILD_WITH_NOTHING]
FATE = "kept"
STATUS = 0


def expect(report):
    pass

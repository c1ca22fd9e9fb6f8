"""Mended as in C, but the shop has its settings from its server's environment (docker run -e), and no .env."""
from parts.variant import *

REQUESTS = [REBUILD_WITHOUT_OURS]
FATE = "lost"
STATUS = 1


def prepare(run):
    """The same settings, from elsewhere."""
    global ENVIRONMENT
    file = run.folder / "shop/.env"
    ENVIRONMENT = ENVIRONMENT | dict(line.split("=", 1) for line in file.read_text().splitlines() if line)
    file.unlink()


def expect(report):
    pass

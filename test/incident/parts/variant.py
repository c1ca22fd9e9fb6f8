"""What a variant says unless it says otherwise."""
from parts.web import CommandLineServer, Fpm, FpmThatKeeps

SERVER = CommandLineServer
# Of the server, beside PATH. SHOP_REGION is of no concern to anybody.
ENVIRONMENT = {"SHOP_REGION": "north"}
# Requests that start the worker, with what it says if it comes to its end.
REBUILD = ("/rebuild", "Migrated:  2026_01_01_000000_create_reports")
REBUILD_WITHOUT_OURS = ("/rebuild-without-ours", REBUILD[1])
REBUILD_WITH_NOTHING = ("/rebuild-with-nothing", REBUILD[1])
CACHE_CONFIGURATION = ("/cache-configuration", "Configuration cached successfully!")


def prepare(run):
    pass

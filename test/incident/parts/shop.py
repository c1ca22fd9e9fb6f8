"""What is to be told of the shop and its worker, where several variants need it."""

OF_CONCERN = ("DB_DATABASE", "DB_USERNAME", "DB_PASSWORD")
ALL_DB = ("DB_CONNECTION", "DB_HOST", "DB_PORT", *OF_CONCERN)
ALL = ("APP_NAME", "APP_ENV", "APP_DEBUG", *ALL_DB)
# Those to which the worker's file gives another value.
BEATEN = ("APP_NAME", "APP_ENV", *OF_CONCERN)


def spawn(report, function):
    """The line of the shop that starts the worker."""
    return report.place("shop/app/Worker.php", f"function {function}(", "mustRun()")


def in_shops_file(report, name):
    return report.place("shop/.env", name + "=")


def in_workers_file(report, name):
    return report.place("worker/.env.worker", name + "=")


def in_configuration(report, name):
    return report.place(f"worker/config/{'database' if name in ALL_DB else 'app'}.php", f"env('{name}'")


def was_read(report, site, process):
    """The process has the site's variables and read them in the files of its configuration."""
    told = {read["name"] for read in site["read"] if read["kind"] == "read"}
    report.demand(told >= set(ALL_DB), f"read by the site's children: {sorted(told)}")
    for name in ALL:
        report.read(process, name, in_configuration(report, name))
    report.says("DB_DATABASE read by", in_configuration(report, "DB_DATABASE"))


def beat_the_workers_file(report):
    must = {(name, *in_workers_file(report, name)) for name in BEATEN}
    report.demand(report.beaten() == must, f"beaten: {sorted(report.beaten())}, not {sorted(must)}")
    report.demand({finding["variable"] for finding in report.findings("envleak-shadowed-file")} == set(BEATEN),
                  "not each beaten variable is a finding envleak-shadowed-file")
    for name in BEATEN:
        report.says(in_workers_file(report, name), name)


def beat_nothing(report):
    report.demand(not report.beaten(), f"beaten: {sorted(report.beaten())}")
    report.demand("beats" not in report.text, "the text tells of a beaten file")


def was_destroyed_by_the_shops_settings(report, more_crossed=()):
    """The bug: the worker inherits what the shop loaded from its file, and reads it."""
    worker, shop = report.worker(), report.data["processes"][0]
    site = report.site(spawn(report, "rebuild"), "confirmed")
    report.crossed(site, {*ALL, *more_crossed})
    report.demand(set(ALL) <= set(worker["crossed"]), f"crossed to the worker: {worker['crossed']}")
    for name in ALL:
        report.loaded(name, shop, in_shops_file(report, name))
    report.says(in_workers_file(report, "DB_DATABASE"), "DB_DATABASE beats", in_shops_file(report, "DB_DATABASE"),
                "putenv")
    was_read(report, site, worker)
    beat_the_workers_file(report)


def inherited_nothing(report, worker):
    received = set(worker["received"]) & set(ALL)
    report.demand(not received, f"the worker inherits {sorted(received)}")
    for rule in "envleak-shadowed-file", "envleak-laundered":
        report.demand(not report.findings(rule), f"a finding {rule}")

# Command-level tests: each file holds the input, the command and what is expected of it.
import os
import shutil
import subprocess
import tempfile

import lit.formats

config.name = "envleak"
config.test_format = lit.formats.ShTest(execute_external=True)  # real sh: pipes, exit statuses, descriptors
config.suffixes = [".c", ".cpp", ".php", ".test"]
config.excludes = ["Inputs"]
config.test_source_root = os.path.join(config.envleak_source, "test")
config.test_exec_root = os.path.join(config.envleak_build, "test")

# A test must not see the variables of whoever runs it, save what programs need to work at all.
config.environment = {
    "PATH": os.path.join(config.envleak_build, "bin") + ":" + os.environ.get("PATH", "/usr/bin:/bin"),
    "HOME": "/nonexistent",
    "LC_ALL": "C.UTF-8",
}
for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS"):
    if name in os.environ:
        config.environment[name] = os.environ[name]

# A sanitized envleak needs its runtime to be loaded first and a great address space: tests that set LD_PRELOAD or
# `ulimit -v` for it cannot run then.
if config.envleak_sanitize:
    config.available_features.add("sanitized")

# A small disk of the test's own, in a mount namespace.
if subprocess.run(["unshare", "-rm", "mount", "-t", "tmpfs", "none", "/mnt"], stderr=subprocess.DEVNULL).returncode == 0:
    config.available_features.add("mounts")

for program in "dot", "git", "xmllint":
    if shutil.which(program):
        config.available_features.add(program)
if shutil.which("php-fpm8.2") and os.geteuid() == 0:
    config.available_features.add("php-fpm")
# The HTML report is looked at in headless Chromium (python3-selenium, chromium, chromium-driver; cmake/prepare installs
# them). Where they are not installed these tests are skipped, but never in CI: there they fail.
selenium = subprocess.run([config.envleak_python, "-c", "import selenium"], stderr=subprocess.DEVNULL)
if "CI" in os.environ or (selenium.returncode == 0 and shutil.which("chromium") and shutil.which("chromedriver")):
    config.available_features.add("browser")
else:
    lit_config.note("no Chromium with its driver and python3-selenium: the tests of the HTML report in it are skipped")

# Interpreted programs are tested where the language and its adapter are there.
for language in ("php",):
    if shutil.which(language) and os.path.exists(
            os.path.join(config.envleak_build, "lib", "envleak", "adapters", "libenvleak-%s.so" % language)):
        config.available_features.add(language)

config.substitutions += [
    ("%envleak", os.path.join(config.envleak_build, "bin", "envleak")),
    ("%FileCheck", config.envleak_filecheck),
    ("%inputs", os.path.join(config.test_source_root, "Inputs")),
    ("%sarif_schema", os.path.join(config.test_source_root, "sarif-schema", "sarif-2.1.0.json")),
    ("%schemas", os.path.join(config.envleak_build, "share", "envleak", "schema")),
    ("%source", config.envleak_source),
    ("%build", config.envleak_build),
    ("%python", config.envleak_python),
    ("%status", os.path.join(config.test_source_root, "expect-status")),
    ("%cxx", config.envleak_cxx),
    ("%cc", config.envleak_c),
]

# Adapters are built where the interpreter's headers are installed.
for language, program in (("python", "/usr/bin/python3.11"), ("perl", "/usr/bin/perl"), ("ruby", "/usr/bin/ruby"),
                          ("bash", "/usr/bin/bash"), ("node", "/usr/bin/node")):
    adapter = os.path.join(config.envleak_build, "lib", "envleak", "adapters", f"libenvleak-{language}.so")
    if os.path.exists(adapter) and os.path.exists(program):
        config.available_features.add(f"{language}-adapter")

# Containers and kernel settings can forbid ptrace and perf_event_open.
with tempfile.TemporaryDirectory() as folder:
    envleak, trace = os.path.join(config.envleak_build, "bin", "envleak"), os.path.join(folder, "trace")
    for option, feature in ("--supervise", "ptrace"), ("--deep", "page-fault-samples"):
        tried = subprocess.run([envleak, "record", option, "-o", trace, "--", "true"], capture_output=True)
        if tried.returncode == 0:
            told = subprocess.run([envleak, "check", "--trace", trace], capture_output=True)
            if b"no-call-chains" not in told.stdout:
                config.available_features.add(feature)

"""A MariaDB server of the test's own: its own data, its own socket, a port of the loopback device."""
import os
import socket
import subprocess
import time

from parts.need import ENDS_WITH_US, Failure, tool

# What is there before a variant begins. `yesterday` is what the worker is meant to drop.
BEFORE = """
DROP DATABASE IF EXISTS shop_production;
CREATE DATABASE shop_production;
CREATE TABLE shop_production.orders (id INT PRIMARY KEY AUTO_INCREMENT, text VARCHAR(20));
INSERT INTO shop_production.orders (text) VALUES ('one'), ('two'), ('three');
DROP DATABASE IF EXISTS reports;
CREATE DATABASE reports;
CREATE TABLE reports.yesterday (id INT);
CREATE OR REPLACE USER shop_web@127.0.0.1 IDENTIFIED BY 'of-the-shop';
GRANT ALL ON shop_production.* TO shop_web@127.0.0.1;
CREATE OR REPLACE USER reports@127.0.0.1 IDENTIFIED BY 'of-the-worker';
GRANT ALL ON reports.* TO reports@127.0.0.1;
"""
REBUILT = {"migrations", "reports"}
PATIENCE = 60  # seconds


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Database:
    def __init__(self, folder):
        self.folder, self.port, self.process = folder, free_port(), None
        self.socket, self.log = folder / "socket", folder / "log"
        self.user = "--user=root" if os.geteuid() == 0 else "--skip-symbolic-links"

    def __enter__(self):
        data = f"--datadir={self.folder / 'data'}"
        small = ["--innodb-log-file-size=8M", "--innodb-buffer-pool-size=16M"]
        self.folder.mkdir()
        with open(self.log, "wb") as log:
            installed = subprocess.run([tool("mariadb-install-db"), "--no-defaults", self.user, data, "--skip-test-db",
                                        "--auth-root-authentication-method=normal", *small], stdout=log, stderr=log)
            if installed.returncode:
                raise Failure("mariadb-install-db: " + self.log.read_text(errors="replace")[-2000:])
            self.process = subprocess.Popen(
                [*ENDS_WITH_US, tool("mariadbd"), "--no-defaults", self.user, data, f"--socket={self.socket}",
                 f"--port={self.port}", "--bind-address=127.0.0.1", f"--pid-file={self.folder / 'pid'}",
                 "--skip-name-resolve", *small, "--innodb-flush-log-at-trx-commit=0", "--innodb-fast-shutdown=2",
                 "--performance-schema=off"],
                stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        until = time.monotonic() + PATIENCE
        while self.client("SELECT 1").returncode:
            if self.process.poll() is not None or time.monotonic() > until:
                self.__exit__()
                raise Failure("mariadbd does not start: " + self.log.read_text(errors="replace")[-2000:])
            time.sleep(0.05)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def client(self, statements):
        return subprocess.run([tool("mariadb"), "--no-defaults", "-uroot", f"--socket={self.socket}", "-BN"],
                              input=statements, capture_output=True, text=True)

    def ask(self, statements):
        answer = self.client(statements)
        if answer.returncode:
            raise Failure("mariadb: " + answer.stderr)
        return answer.stdout.split("\n")[:-1]

    def reset(self):
        self.ask(BEFORE)

    def fate(self):
        """`lost`: production's tables were dropped and the worker's left; `kept`: the reverse; else what there is."""
        tables = {name: set(self.ask(f"SHOW TABLES IN {name}")) for name in ("shop_production", "reports")}
        if tables == {"shop_production": REBUILT, "reports": {"yesterday"}}:
            return "lost"
        if tables == {"shop_production": {"orders"}, "reports": REBUILT}:
            orders = self.ask("SELECT COUNT(*) FROM shop_production.orders")
            return "kept" if orders == ["3"] else f"shop_production.orders has {orders[0]} rows"
        return str(tables)

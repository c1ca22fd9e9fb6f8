"""The web application's servers, and requests to them."""
import http.client
import os
import signal
import socket
import struct
import subprocess
import time

from parts.database import free_port
from parts.need import ENDS_WITH_US, Failure, PATH, tool

PATIENCE = 60  # seconds


class Server:
    """A server of the shop in `folder`, with these variables, started by `before` and its arguments."""
    stop_by = signal.SIGINT

    def __init__(self, folder, environment, before=()):
        self.folder, self.before, self.log_file = folder, list(before), folder / "server.log"
        self.environment = {"PATH": PATH, **environment}
        self.address = ("127.0.0.1", free_port())

    def __enter__(self):
        self.log = open(self.log_file, "wb")
        self.process = subprocess.Popen([*ENDS_WITH_US, *self.before, *self.command()], env=self.environment,
                                        cwd=self.folder, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log,
                                        start_new_session=True)
        until = time.monotonic() + PATIENCE
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > until:
                self.stop()
                raise Failure("the server does not start: " + self.log_file.read_text())
            time.sleep(0.05)
        return self

    def __exit__(self, kind, *_):
        status = self.stop()
        if status and kind is None:
            raise Failure(f"the server ended with {status}: {self.log_file.read_text()[-2000:]}")

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(self.stop_by)
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.log.close()
        return self.process.returncode

    def answers(self):
        with socket.socket() as probe:
            return probe.connect_ex(self.address) == 0


class CommandLineServer(Server):
    """php -S, which developers use and `artisan serve` starts."""

    def command(self):
        return [tool("php"), "-S", "%s:%d" % self.address, "-t", "shop/public", "shop/public/index.php"]

    def ask(self, method, path):
        connection = http.client.HTTPConnection(*self.address, timeout=PATIENCE)
        connection.request(method, path, headers={"Accept": "application/json"})
        answer = connection.getresponse()
        return answer.status, answer.read().decode(errors="replace")


class Fpm(Server):
    """php-fpm, with a pool of one process."""
    stop_by = signal.SIGQUIT  # let a request end
    clear_env = True

    def command(self):
        root = os.geteuid() == 0
        configuration = self.folder / "fpm.conf"
        configuration.write_text(f"""[global]
error_log = {self.folder / 'fpm.log'}
daemonize = no
[shop]
{"user = root" if root else ""}
listen = {self.address[0]}:{self.address[1]}
pm = static
pm.max_children = 1
clear_env = {"yes" if self.clear_env else "no"}
""")
        return [tool("php-fpm8.2"), "-F", *(["-R"] if root else []), "-y", str(configuration)]

    def ask(self, method, path):
        script = str(self.folder / "shop/public/index.php")
        given = {"REQUEST_METHOD": method, "REQUEST_URI": path, "SCRIPT_FILENAME": script, "SCRIPT_NAME": "/index.php",
                 "SERVER_PROTOCOL": "HTTP/1.1", "SERVER_NAME": "shop", "SERVER_PORT": "80", "QUERY_STRING": "",
                 "HTTP_ACCEPT": "application/json"}
        with socket.create_connection(self.address, PATIENCE) as connection:
            return fastcgi(connection, given)


class FpmThatKeeps(Fpm):
    clear_env = False


def fastcgi(connection, given):
    """One request without a body: status and body of the answer."""
    BEGIN, END, PARAMETERS, INPUT, OUTPUT = 1, 3, 4, 5, 6

    def record(kind, content):
        return struct.pack("!BBHHBx", 1, kind, 1, len(content), 0) + content

    def pair(name, value):
        return b"".join(struct.pack("!L", len(text) | 1 << 31) for text in (name, value)) + name + value

    parameters = b"".join(pair(name.encode(), value.encode()) for name, value in given.items())
    connection.sendall(record(BEGIN, struct.pack("!HB5x", 1, 0)) + record(PARAMETERS, parameters) +
                       record(PARAMETERS, b"") + record(INPUT, b""))
    output, stream = b"", connection.makefile("rb")
    while True:
        header = stream.read(8)
        if len(header) < 8:
            raise Failure("the server closed the connection")
        _, kind, _, length, padding = struct.unpack("!BBHHBx", header)
        content = stream.read(length + padding)[:length]
        if kind == OUTPUT:
            output += content
        elif kind == END:
            break
    head, _, body = output.partition(b"\r\n\r\n")
    status = [line.split()[1] for line in head.split(b"\r\n") if line.lower().startswith(b"status:")]
    return int(status[0]) if status else 200, body.decode(errors="replace")

"""serve.py fpm|cli PHP SCRIPT TRACE: records a server that answers two requests, and prints the answers.

fpm: php-fpm with one worker, which keeps its environment and is given a parameter N4 by the web server; cli: php -S.
"""
import os
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time

kind, php, script, trace = sys.argv[1:]
ENVIRONMENT = {"PATH": "/usr/bin:/bin:/usr/sbin", "N1": "one", "N2": "two", "N3": "three", "N4": "four", "N5": "five"}


def connected(make, address):
    for _ in range(200):
        try:
            client = make()
            client.connect(address)
            return client
        except OSError:
            time.sleep(0.05)
    sys.exit("the server does not answer")


def received(client, size):
    data = b""
    while len(data) < size:
        part = client.recv(size - len(data))
        if not part:
            return data
        data += part
    return data


def ask_fpm(address):
    def record(kind, body):
        return struct.pack(">BBHHBB", 1, kind, 1, len(body), 0, 0) + body

    parameters = {"SCRIPT_FILENAME": script, "REQUEST_METHOD": "GET", "N4": "of the web server"}
    pairs = b"".join(bytes([len(name), len(value)]) + (name + value).encode() for name, value in parameters.items())
    client = connected(lambda: socket.socket(socket.AF_UNIX), address)
    client.sendall(record(1, struct.pack(">HB5x", 1, 0)) + record(4, pairs) + record(4, b"") + record(5, b""))
    answer = b""
    while len(head := received(client, 8)) == 8:
        _, part, _, length, padding, _ = struct.unpack(">BBHHBB", head)
        body = received(client, length + padding)
        if part == 6:
            answer += body[:length]
    return answer


def ask_cli(address):
    client = connected(socket.socket, address)
    client.sendall(b"GET / HTTP/1.0\r\n\r\n")
    answer = b""
    while part := client.recv(4096):
        answer += part
    return answer


with tempfile.TemporaryDirectory() as folder:
    if kind == "fpm":
        address = folder + "/socket"
        with open(folder + "/settings", "w") as settings:
            settings.write("[global]\nerror_log = %s/log\n[www]\nlisten = %s\nuser = root\npm = static\n"
                           "pm.max_children = 1\npm.max_requests = 2\nclear_env = no\n" % (folder, address))
        command = [php, "-n", "-R", "-F", "-y", folder + "/settings"]
    else:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            address = free.getsockname()
        command = [php, "-n", "-S", "%s:%d" % address, script]
    server = subprocess.Popen(["envleak", "record", "-o", trace, "--", *command], env=ENVIRONMENT | {
        "PATH": os.environ["PATH"]}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    for _ in range(2):
        print((ask_fpm if kind == "fpm" else ask_cli)(address).split(b"\r\n\r\n", 1)[1].decode(), end="")
    # Two requests are all that the worker serves; what it had looked at when it is killed is not known.
    while kind == "fpm" and "exited with code 0" not in open(folder + "/log").read():
        time.sleep(0.05)
    os.killpg(server.pid, signal.SIGQUIT if kind == "fpm" else signal.SIGINT)
    server.wait()

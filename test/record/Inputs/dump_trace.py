"""dump_trace.py TRACE: the records of a trace, one per line, for tests of what the probe itself publishes.

Layouts are those of runtime-probe/trace/format.h. Pids are numbered P1, P2... in order of appearance; "P1*" is
what a supervising recorder published on behalf of P1.
"""
import struct
import sys

KINDS = ["unpublished", "command", "hello", "environment", "module", "read", "write", "spawn", "spawn_result", "fork",
         "file_open", "definition", "touched", "exit", "note", "blind", "end", "exec", "windows",
         "first_touch", "file_value", "script", "adapter"]
SPAWN_APIS = ["?", "execv", "execve", "execvp", "execvpe", "execl", "execle", "execlp", "fexecve", "execveat",
              "posix_spawn", "posix_spawnp", "system", "popen", "wordexp", "syscall_execve", "syscall_execveat"]
READ_APIS = ["?", "getenv", "secure_getenv", "by_script", "all_by_script"]
WRITE_APIS = ["?", "setenv", "putenv", "unsetenv", "clearenv", "set_by_script", "unset_by_script", "clear_by_script"]
PURPOSES = ["?", "received", "at_fork", "at_call", "passed", "at_call_passed"]
SHAPES = ["", "url_with_password", "private_key", "token"]


def text(raw):
    return raw.decode("utf-8", "backslashreplace")


def words(raw):
    return " ".join("'%s'" % text(word) for word in raw.split(b"\0")[:-1])


class Record:
    def __init__(self, data, offset, size):
        self.raw = data[offset:offset + size]
        self.at = 32

    def u32(self):
        self.at += 4
        return struct.unpack_from("<I", self.raw, self.at - 4)[0]

    def i32(self):
        self.at += 4
        return struct.unpack_from("<i", self.raw, self.at - 4)[0]

    def i32_at(self, at):
        return struct.unpack_from("<i", self.raw, at)[0]

    def u64(self):
        self.at += 8
        return struct.unpack_from("<Q", self.raw, self.at - 8)[0]

    def bytes(self):
        offset, length = self.u32(), self.u32()
        assert offset + length <= len(self.raw), "bytes outside the record"
        return self.raw[offset:offset + length]

    def environment(self, count):
        self.at = 48
        for _ in range(count):
            value_hash, name_length, value_length, shape, has_equals = struct.unpack_from("<QIIBB", self.raw, self.at)
            self.at += 24
            name = self.raw[self.at:self.at + name_length]
            self.at += name_length
            value = None
            if value_length != 0xFFFFFFFF:
                value = self.raw[self.at:self.at + value_length]
                self.at += value_length
            self.at = (self.at + 7) // 8 * 8
            yield name, value_hash, value, SHAPES[shape], has_equals


def main():
    data = open(sys.argv[1], "rb").read()
    magic, version, flags, capacity, used, dropped, last_spawn, finished = struct.unpack_from("<8sIIQQQII", data, 0)
    assert magic == b"ENVLEAK\0" and version == 4
    without_room, = struct.unpack_from("<Q", data, 56)
    print("trace finished=%d dropped=%d%s" % (finished, dropped, " without_room=%d" % without_room if without_room else ""))
    pids, modules, hashes, files, scripts = {}, {}, {}, {}, {}

    def process(pid):
        return pids.setdefault(pid, "P%d" % (len(pids) + 1))

    def hashed(value):
        return hashes.setdefault(value, "h%d" % (len(hashes) + 1)) if value else "-"

    def site(record):
        address, stack, frame = record.u64(), record.u64(), record.u64()
        kept = record.bytes()
        for start, end, bias, path in modules.get(pid, []):
            if start <= address < end:
                return "site=%s words=%d" % (path.rsplit("/", 1)[-1], len(kept) // 16)
        return "site=? words=%d" % (len(kept) // 16)

    def place(record, via):
        return "via=%s" % text(via) if via else site(record)

    offset = 8192
    while offset + 32 <= min(used, len(data)):
        magic, size, kind, pid, tid, by_recorder, _ = struct.unpack_from("<IIIiiIQ", data, offset)
        if magic != 0x314C5645 or size < 32 or size % 16 or offset + size > len(data):
            offset += 16
            continue
        r, name = Record(data, offset, size), KINDS[kind]
        out = ""
        if name == "command":
            out = "%s in %s" % (words(r.bytes()), text(r.bytes()))
        elif name == "hello":
            spawn, parent = r.u32(), r.i32()
            out = "spawn=%d %s [%s]" % (spawn, text(r.bytes()), words(r.bytes()))
            modules.pop(pid, None)
        elif name == "environment":
            purpose, spawn, count = r.u32(), r.u32(), r.u32()
            entries = ["%s%s%s%s" % (text(n), "=" + hashed(h) if e else "", ":" + text(v) if v is not None else "",
                                     "!" + s if s else "") for n, h, v, s, e in r.environment(count)]
            out = "%s spawn=%d n=%d {%s}" % (PURPOSES[purpose], spawn, count, " ".join(entries))
        elif name == "module":
            start, end, bias = r.u64(), r.u64(), r.u64()
            path = text(r.bytes())
            modules.setdefault(pid, []).append((start, end, bias, path))
            out = "%s build_id=%s" % (path, r.bytes().hex())
        elif name == "read":
            api, found, count, script, variable, via = r.u32(), r.u32(), r.u64(), r.u64(), r.bytes(), r.bytes()
            out = "%s %s set=%d count=%d %s%s" % (READ_APIS[api], text(variable), found, count,
                                                  scripts.get(script, ""), place(r, via))
        elif name == "write":
            api, _, value, script, variable, via = r.u32(), r.u32(), r.u64(), r.u64(), r.bytes(), r.bytes()
            out = "%s %s %s %s%s" % (WRITE_APIS[api], text(variable), hashed(value), scripts.get(script, ""),
                                     place(r, via))
        elif name == "spawn":
            api, spawn, vforked, injected = r.u32(), r.u32(), r.u32(), r.u32()
            program, arguments, path, directory = r.bytes(), r.bytes(), r.bytes(), r.bytes()
            script = scripts.get(r.u64(), "")
            out = "%s id=%d vforked=%d injected=%d '%s' [%s] path='%s' dir='%s' %s%s" % (
                SPAWN_APIS[api], spawn, vforked, injected, text(program), words(arguments), text(path),
                text(directory), script, site(r))
        elif name == "script":
            language, calls = text(r.bytes()), r.bytes()
            stack = []
            for at in range(0, len(calls), 24):
                file, file_size, function, function_size, line = struct.unpack_from("<IIIII", calls, at)
                stack.append("%s:%d" % (text(r.raw[file:file + file_size]).rsplit("/", 1)[-1], line))
            scripts[offset] = "script=%s " % stack[0]
            out = "%s %s" % (language, " < ".join(stack))
        elif name == "adapter":
            language, version, covers = text(r.bytes()), text(r.bytes()), r.u32()
            out = "%s %s covers=%d" % (language, "version" if version else "-", covers)
        elif name == "spawn_result":
            spawn, error, child = r.u32(), r.i32(), r.i32()
            out = "id=%d error=%d child=%s" % (spawn, error, process(child) if child else "-")
        elif name == "fork":
            out = "parent=%s" % process(r.i32())
        elif name == "file_open":
            files[offset] = text(r.bytes())
            out = files[offset] + ("" if r.u32() == 1 else " written")
        elif name == "definition":
            file, value, line, _, variable = r.u64(), r.u64(), r.u32(), r.u32(), r.bytes()
            out = "%s:%d %s=%s" % (files[file].rsplit("/", 1)[-1], line, text(variable), hashed(value))
        elif name == "file_value":
            file, value, line = r.u64(), r.u64(), r.u32()
            out = "%s:%d %s" % (files[file].rsplit("/", 1)[-1], line, hashed(value))
        elif name == "touched":
            everything, exact, names, by_script = r.u32(), r.u32(), words(r.bytes()), r.u32()
            out = "%sall=%d exact=%d %s" % ("by_script " if by_script else "", everything, exact, names)
        elif name == "exit":
            out = "%s%d" % (("signal " if r.i32_at(36) else ""), r.i32())
        elif name == "note":
            out = "%s: %s" % (text(r.bytes()), text(r.bytes()))
        elif name == "blind":
            spawn, _, program, why = r.u32(), r.u32(), r.bytes(), r.bytes()
            out = "spawn=%d %s %s: %s" % (spawn, text(program) or "-", text(why), text(r.bytes()))
        elif name == "end":
            out = "%s signal=%d %d" % ((process(r.i32()), r.i32(), r.i32()))
        elif name == "exec":
            parent, _, program, arguments, why = r.i32(), r.u32(), r.bytes(), r.bytes(), r.bytes()
            out = "parent=%s %s [%s] if silent: %s: %s" % (process(parent), text(program), words(arguments), text(why),
                                                           text(r.bytes()))
        elif name == "first_touch":
            out = "%s %s" % (text(r.bytes()), site(r))
        elif name == "windows":
            _, _, count, complete = r.u64(), r.u64(), r.u32(), r.u32()
            out = "n=%d complete=%d %s" % (count, complete, words(r.bytes()))
        print(process(pid) + "*" * by_recorder, name, out)
        offset += size


main()

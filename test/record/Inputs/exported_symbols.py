"""Compares the dynamic symbols of a shared library with libc's (64-bit ELF, no tools needed)."""
import ctypes
import struct
import sys

SIBLINGS = """getenv secure_getenv __secure_getenv setenv putenv unsetenv clearenv fork __fork _Fork execv execve execvp
execvpe execl execle execlp fexecve execveat posix_spawn posix_spawnp system popen wordexp syscall open open64 openat
openat64 __open_2 __open64_2 __openat_2 __openat64_2 fopen fopen64 creat creat64 rename renameat renameat2 _exit _Exit""".split()


def sections(data):
    offset, = struct.unpack_from("<Q", data, 40)
    size, count = struct.unpack_from("<HH", data, 58)
    for i in range(count):
        yield struct.unpack_from("<IIQQQQIIQQ", data, offset + i * size)


def name_at(data, offset):
    return data[offset:data.index(b"\0", offset)].decode()


data = open(sys.argv[1], "rb").read()
table = list(sections(data))
exported, needed = [], []
for section in table:
    kind, offset, size, link = section[1], section[4], section[5], section[6]
    strings = table[link][4] if link < len(table) else 0
    if kind == 11:  # SHT_DYNSYM
        for at in range(offset + 24, offset + size, 24):
            name, info, _, index = struct.unpack_from("<IBBH", data, at)
            if index != 0:
                exported.append(name_at(data, strings + name))
    if kind == 6:  # SHT_DYNAMIC
        for at in range(offset, offset + size, 16):
            tag, value = struct.unpack_from("<QQ", data, at)
            if tag == 1:
                needed.append(name_at(data, strings + value))
libc = ctypes.CDLL("libc.so.6")
# Compatibility versions that programs may still ask for, though new ones cannot link to them.
print("foreign:", " ".join(s for s in exported if not hasattr(libc, s) and s != "__secure_getenv") or "none")
print("missing:", " ".join(s for s in SIBLINGS if s not in exported) or "none")
print("needed:", " ".join(needed))

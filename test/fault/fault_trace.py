"""What the tests of faults look for in a trace. Layouts are those of runtime-probe/trace/format.h."""
import struct

READ, BLIND, END = 5, 15, 16


class Trace:
    def __init__(self, path):
        with open(path, "rb") as file:
            head = file.read(8192)
            magic, _, _, capacity, self.used, self.dropped, _, self.finished, self.backed, self.without_room = \
                struct.unpack_from("<8sIIQQQIIQQ", head)
            assert magic == b"ENVLEAK\0", path + " is no trace"
            self.data = head + file.read(max(0, min(self.used, capacity) - len(head)))
        self.reads, self.blind, self.ended = {}, [], False
        offset = 8192
        while offset + 32 <= len(self.data):
            magic, size, kind = struct.unpack_from("<III", self.data, offset)
            if magic != 0x314C5645 or size < 32 or size % 16 or offset + size > len(self.data):
                offset += 16
                continue
            record = self.data[offset:offset + size]
            if kind == READ:
                count, at, length = struct.unpack_from("<Q8xII", record, 40)
                name = record[at:at + length].decode()
                self.reads[name] = self.reads.get(name, 0) + count
            elif kind == BLIND:
                at, length = struct.unpack_from("<II", record, 48)
                self.blind.append(record[at:at + length].decode())
            self.ended |= kind == END
            offset += size

    def missing(self, names):
        return [name for name in names if name not in self.reads]

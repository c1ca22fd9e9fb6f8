// What /proc tells of another process.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace envleak::probe {

struct ProcStatus {
  int process = 0;  // of a thread
  int parent = 0;
  int own_pid = 0;    // the process's number as it sees it itself
  unsigned user = 0;  // effective
};

// Of a process or thread; nothing if it is gone.
std::optional<ProcStatus> procStatus(int tid);

// Where a symbolic link there leads ("exe"); empty if that cannot be told.
std::string procLink(int tid, const char* name);

// A file of NUL-terminated strings there ("cmdline", "environ"), cut at `limit` bytes; nothing if it may not be read.
std::optional<std::string> procStrings(int tid, const char* name, std::size_t limit);

// "/proc/TID/NAME"
std::string procPath(int tid, const char* name);

}  // namespace envleak::probe

// Which values a process has looked at, asked from outside while it is stopped: see preload/residency.h.
#pragma once

#include "runtime-probe/record/trace_file.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace envleak::probe {

// What an image published about itself (WindowsRecord).
struct Windows {
  std::uint64_t first_value = 0;
  std::uint64_t stride = 0;
  bool complete = false;
  std::vector<std::string> names;
};

// Whether the values are those that an interpreter's script looks at.
bool isOfScript(const trace::RecordHeader& record);

// Nothing for a record that does not fit together.
std::optional<Windows> windowsOf(const trace::RecordHeader& record);

// For each name whether its value is in memory. Nothing if the kernel does not tell. `tid` is any thread of the process
// that still has its memory.
std::optional<std::vector<bool>> lookFromOutside(int tid, const Windows& windows);

}  // namespace envleak::probe

// The trace is a sparse file: where its disk gets full, a write into a hole of the mapping would end the program by
// SIGBUS. So nobody writes behind TraceHeader::backed, and whoever needs more asks the kernel for the pages first. Used
// by the recorder too: no state here.
#pragma once

#include "runtime-probe/trace/format.h"

#include <cstdint>

namespace envleak::preload {

// Asks for the pages up to `end` and some more, within `capacity`. False: the disk has no room for them.
bool backPages(trace::TraceHeader* header, std::uint64_t capacity, std::uint64_t end);

inline bool isBacked(const trace::TraceHeader* header, std::uint64_t end) {
  return end <= __atomic_load_n(&header->backed, __ATOMIC_RELAXED);
}

}  // namespace envleak::preload

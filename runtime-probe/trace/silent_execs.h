// Of a supervised recording: which of the execs that the recorder saw led to a program that never said hello.
#pragma once

#include "runtime-probe/trace/trace_file.h"

#include <cstdint>
#include <unordered_set>

namespace envleak::trace {

class SilentExecs {
 public:
  explicit SilentExecs(const TraceFile& trace);
  // By the offset of the ExecRecord.
  bool has(std::uint64_t offset) const { return silent_.contains(offset); }

 private:
  std::unordered_set<std::uint64_t> silent_;
};

}  // namespace envleak::trace

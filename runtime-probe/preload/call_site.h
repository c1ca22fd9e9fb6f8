// The call site of an interposed function: return address, registers, and those words of the stack that an unwinder
// can need.
#pragma once

#include "runtime-probe/preload/channel.h"
#include "runtime-probe/preload/machine.h"

namespace envleak::preload {

inline constexpr std::size_t readWindow = 2048;  // bytes of stack looked at
inline constexpr std::size_t spawnWindow = 16384;

// Looks at the stack first, so that the modules it mentions are published before the record that needs them.
class StackCapture {
 public:
  StackCapture(const Caller& caller, std::size_t window);
  std::size_t space() const;  // in the record
  void fill(RecordWriter& record, trace::CallSite* site) const;

 private:
  static constexpr std::size_t most_words = spawnWindow / 8;
  bool keeps(std::uint64_t value) const;
  template <typename Visit>
  void forEachWord(Visit visit) const;

  Caller caller_;
  std::uint64_t end_;
  bool direct_;  // the window is known to be mapped
  std::size_t kept_ = 0;
  std::uint64_t wanted_[most_words / 64] = {};
};

}  // namespace envleak::preload

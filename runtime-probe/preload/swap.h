// For functions that hand libc's own `environ` to a child (system, popen, wordexp): `environ` points to an augmented
// array around the call. Calling libc's function keeps its treatment of signals, cancellation and streams, which a
// rewrite on top of posix_spawn could only imitate. Other threads meanwhile see the program's environment with two
// entries behind it, which the hooks hide; the arrays are never unmapped, so that nobody walks freed memory.
#pragma once

#include "runtime-probe/preload/inject.h"

namespace envleak::preload {

class EnvironmentSwap {
 public:
  EnvironmentSwap(std::uint32_t spawn, const char* first);
  ~EnvironmentSwap();
  EnvironmentSwap(const EnvironmentSwap&) = delete;
  EnvironmentSwap& operator=(const EnvironmentSwap&) = delete;
  bool active() const { return slot_ != nullptr; }

 private:
  struct Slot* slot_ = nullptr;
};

// In a forked child: the thread that had swapped is not there to undo it.
void dropSwap();

}  // namespace envleak::preload

// fork: the child says so at once, before it changes its environment. vfork is left alone: a child must not return
// through a frame of ours. Forks that libc makes by itself (forkpty, daemon, wordexp) pass by the interposed functions;
// they do run the handlers of pthread_atfork(3), which _Fork does not.
#include "runtime-probe/preload/machine.h"
#include "runtime-probe/preload/process.h"
#include "runtime-probe/preload/real.h"
#include "runtime-probe/preload/swap.h"

extern "C" __attribute__((visibility("hidden"))) void* __dso_handle;
extern "C" __attribute__((weak)) int __register_atfork(void (*prepare)(), void (*parent)(), void (*child)(), void* dso);

using namespace envleak::preload;

namespace {

void inChild() {
  dropSwap();
  renewAfterFork(Noticed::atOnce);
}

// Handlers of a child run in the order of their registration: before all others.
__attribute__((constructor(102))) void watchForks() {
  if (observing() && &__register_atfork != nullptr) __register_atfork(nullptr, nullptr, inChild, &__dso_handle);
}

}  // namespace

ENVLEAK_EXPORT int fork() {
  observing();
  const int pid = real().fork();
  if (pid == 0) inChild();
  return pid;
}

ENVLEAK_EXPORT int __fork() { return fork(); }

ENVLEAK_EXPORT int _Fork() {
  observing();
  const int pid = real()._Fork != nullptr ? real()._Fork() : real().fork();
  if (pid == 0) inChild();
  return pid;
}

// fork: the child says so at once, before it changes its environment. vfork is left alone: a child must not return
// through a frame of ours.
#include "runtime-probe/preload/machine.h"
#include "runtime-probe/preload/process.h"
#include "runtime-probe/preload/real.h"
#include "runtime-probe/preload/swap.h"

using namespace envleak::preload;

ENVLEAK_EXPORT int fork() {
  observing();
  const int pid = real().fork();
  if (pid == 0) {
    dropSwap();
    renewAfterFork();
  }
  return pid;
}

ENVLEAK_EXPORT int __fork() { return fork(); }

ENVLEAK_EXPORT int _Fork() {
  observing();
  const int pid = real()._Fork != nullptr ? real()._Fork() : real().fork();
  if (pid == 0) {
    dropSwap();
    renewAfterFork();
  }
  return pid;
}

// A child that shares the memory, made by the raw system call.
#include <sched.h>
#include "truth.h"

static int work(void* value) {
  show(value);
  show(getenv("N2"));
  _exit(3);
}

int main(void) {
  static char stack[1 << 16] __attribute__((aligned(16)));
  return statusOf(clone(work, stack + sizeof stack, CLONE_VM | CLONE_VFORK | SIGCHLD, found(environ, "N1")));
}

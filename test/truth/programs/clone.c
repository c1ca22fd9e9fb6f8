// In a child of the raw clone system call, which libc does not know of.
#include "truth.h"

int main(void) {
  const long child = syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
  if (child == 0) {
    show(getenv("N1"));
    show(found(environ, "N2"));
    _exit(6);
  }
  return statusOf((pid_t)child);
}

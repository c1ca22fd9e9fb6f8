// Strict mode: only read, write and exit are left.
#include <sys/prctl.h>
#include "truth.h"

int main(void) {
  show(found(environ, "N1"));
  if (prctl(PR_SET_SECCOMP, 1)) return 1;
  const char* value = found(environ, "N2");
  write(1, value, strlen(value));
  write(1, "\n", 1);
  __asm__ volatile("syscall" : : "a"(SYS_exit), "D"(7) : "rcx", "r11", "memory");
  return 0;
}

// Ends by the system call, past libc.
#include "truth.h"

int main(void) {
  show(getenv("N1"));
  show(found(environ, "N2"));
  long result;
  __asm__ volatile("syscall" : "=a"(result) : "a"(SYS_exit_group), "D"(7) : "rcx", "r11", "memory");
  return 0;
}

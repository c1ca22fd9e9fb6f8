// Ends by the system call, through libc's syscall.
#include "truth.h"

int main(void) {
  show(found(environ, "N1"));
  syscall(SYS_exit_group, 7);
  return 0;
}

// Another program by the system call, past libc.
#include "truth.h"

int main(int argc, char** argv) {
  if (argc > 1) {
    show(found(environ, "N2"));
    return 0;
  }
  show(found(environ, "N1"));
  char* arguments[] = {argv[0], "child", NULL};
  long result;
  __asm__ volatile("syscall"
                   : "=a"(result)
                   : "a"(SYS_execve), "D"("/proc/self/exe"), "S"(arguments), "d"(environ)
                   : "rcx", "r11", "memory");
  return 1;
}

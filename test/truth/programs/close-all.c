// Closes all descriptors before it reads and makes way.
#include "truth.h"

int main(int argc, char** argv) {
  if (argc > 1) {
    show(found(environ, "N2"));
    return 0;
  }
  char* arguments[] = {argv[0], "child", NULL};
  syscall(SYS_close_range, 3, ~0u, 0);
  show(getenv("N1"));
  return execv("/proc/self/exe", arguments);
}

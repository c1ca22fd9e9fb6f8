// Only the kernel looks at the value: an argument of another program.
#include "truth.h"

int main(void) {
  char* arguments[] = {"echo", found(environ, "N1"), NULL};
  return execv("/bin/echo", arguments);
}

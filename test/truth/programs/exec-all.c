// The environment is handed on: no look at it.
#include "truth.h"

int main(void) {
  char* arguments[] = {"true", NULL};
  return execve("/bin/true", arguments, environ);
}

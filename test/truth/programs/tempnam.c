// libc asks for TMPDIR.
#include "truth.h"

int main(void) {
  char* name = tempnam("/", "truth");
  *strrchr(name, '/') = 0;
  show(name);
  return 0;
}

// Only the kernel looks at the value: a file's name.
#include "truth.h"

int main(void) {
  show(open(found(environ, "DIR"), O_RDONLY) >= 0 ? "opened" : "failed");
  return 0;
}

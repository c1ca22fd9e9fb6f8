// Locks all its memory, for which the kernel maps every page.
#include <sys/mman.h>
#include "truth.h"

int main(void) {
  show(found(environ, "N1"));
  if (mlockall(MCL_CURRENT)) return 1;
  show(found(environ, "N2"));
  return 0;
}

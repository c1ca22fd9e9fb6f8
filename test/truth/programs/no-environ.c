// No environment at all, after a read.
#include "truth.h"

int main(void) {
  show(found(environ, "N1"));
  environ = NULL;
  show(getenv("N2"));
  return 0;
}

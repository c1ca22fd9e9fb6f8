// at_quick_exit and quick_exit: destructors and exit handlers do not run.
#include "truth.h"

static void late(void) { show(getenv("N1")); }

int main(void) {
  at_quick_exit(late);
  show(found(environ, "N2"));
  quick_exit(3);
}

// Ends by _exit: no exit handler runs.
#include "truth.h"

int main(void) {
  show(found(environ, "N1"));
  _exit(7);
}

// A walk over environ that compares names.
#include "truth.h"

int main(void) {
  show(found(environ, "N1"));
  return 0;
}

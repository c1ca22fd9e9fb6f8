// Removed before it is asked for.
#include "truth.h"

int main(void) {
  unsetenv("N1");
  show(getenv("N1"));
  return 0;
}

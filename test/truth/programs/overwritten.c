// Overwritten before it is read: the given value is never seen.
#include "truth.h"

int main(void) {
  setenv("N1", "mine", 1);
  show(getenv("N1"));
  return 0;
}

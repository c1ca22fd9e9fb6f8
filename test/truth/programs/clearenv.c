// All removed, one read before.
#include "truth.h"

int main(void) {
  show(getenv("N1"));
  clearenv();
  show(getenv("N2"));
  return 0;
}

// Ends by a fault.
#include "truth.h"

int main(void) {
  show(getenv("N1"));
  raise(SIGSEGV);
  return 0;
}

// Asks for what is not set.
#include "truth.h"

int main(void) {
  show(getenv("NOT_SET"));
  return 0;
}

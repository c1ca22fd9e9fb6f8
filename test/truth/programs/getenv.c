// Asks by name and uses the value.
#include "truth.h"

int main(void) {
  show(getenv("N1"));
  return 0;
}

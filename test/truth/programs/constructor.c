// Before main.
#include "truth.h"

__attribute__((constructor(102))) static void early(void) { show(getenv("N1")); }

int main(void) {
  show(getenv("N2"));
  return 0;
}

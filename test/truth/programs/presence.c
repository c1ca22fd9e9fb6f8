// Asks only whether it is set.
#include "truth.h"

int main(void) {
  show(getenv("N1") && !getenv("NOT_SET") ? "both as given" : "otherwise");
  return 0;
}

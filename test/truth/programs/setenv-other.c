// A copy of the array by setenv does not look at the values.
#include "truth.h"

int main(void) {
  for (int i = 0; i < 50; ++i) {
    char name[16];
    snprintf(name, sizeof name, "NEW%d", i);
    setenv(name, "x", 1);
  }
  show(found(environ, "N1"));
  return 0;
}

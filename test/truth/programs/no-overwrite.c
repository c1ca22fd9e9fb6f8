// setenv that leaves what is there.
#include "truth.h"

int main(void) {
  setenv("N1", "mine", 0);
  show(getenv("N1"));
  return 0;
}

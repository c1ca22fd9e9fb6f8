// A name that is the beginning of others.
#include "truth.h"

int main(void) {
  show(getenv("N"));
  show(getenv("N11"));
  return 0;
}

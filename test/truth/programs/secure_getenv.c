// secure_getenv.
#include "truth.h"

int main(void) {
  show(secure_getenv("N1"));
  return 0;
}

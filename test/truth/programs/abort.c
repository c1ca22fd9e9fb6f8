// Ends by abort.
#include "truth.h"

int main(void) {
  show(getenv("N1"));
  show(found(environ, "N2"));
  abort();
}

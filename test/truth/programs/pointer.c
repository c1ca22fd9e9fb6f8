// getenv through a pointer that the compiler does not see through.
#include "truth.h"

char* (*volatile ask)(const char*) = getenv;

int main(void) {
  show(ask("N1"));
  return 0;
}

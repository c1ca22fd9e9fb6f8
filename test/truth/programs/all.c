// Prints all, as env(1) does.
#include "truth.h"

int main(void) {
  for (char** entry = environ; *entry; ++entry) show(*entry);
  return 0;
}

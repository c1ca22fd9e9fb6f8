// From the last entry to the first.
#include "truth.h"

int main(void) {
  char** entry = environ;
  while (*entry) ++entry;
  while (entry-- != environ)
    if (!strncmp(*entry, "N1=", 3)) show(*entry + 3);
  return 0;
}

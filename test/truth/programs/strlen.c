// Measures all entries, as a program does that copies them.
#include "truth.h"

int main(void) {
  size_t sum = 0;
  for (char** entry = environ; *entry; ++entry) sum += strlen(*entry);
  return dprintf(1, "%zu\n", sum) < 0;
}

// Names only: no value is looked at.
#include "truth.h"

int main(void) {
  for (char** entry = environ; *entry; ++entry) {
    const int length = (int)(strchr(*entry, '=') - *entry);
    if (dprintf(1, "%.*s\n", length, *entry) < 0) return 1;
  }
  return 0;
}

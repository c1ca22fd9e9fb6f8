// Cuts each entry at '=', which is no look at the value, and uses one.
#include "truth.h"

int main(void) {
  for (char** entry = environ; *entry; ++entry) {
    char* equals = strchr(*entry, '=');
    if (equals - *entry == 2 && !memcmp(*entry, "N1", 2)) show(equals + 1);
  }
  return 0;
}

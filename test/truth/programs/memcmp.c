// Compares the whole entry with a text.
#include "truth.h"

int main(void) {
  for (char** entry = environ; *entry; ++entry)
    if (!strncmp(*entry, "N1=", 3) && !memcmp(*entry, "N1=value", 8)) show("N1 is as given");
  return 0;
}

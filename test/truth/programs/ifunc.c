// A resolver of an indirect function: relocation has not ended.
#include "truth.h"

static int one(void) { return 1; }
static int two(void) { return 2; }

static int (*choose(void))(void) {
  for (char** entry = environ; entry && *entry; ++entry)
    if (!strncmp(*entry, "N1=", 3)) return (*entry)[3] == 'v' ? one : two;
  return two;
}
int chosen(void) __attribute__((ifunc("choose")));

int main(void) { return chosen(); }

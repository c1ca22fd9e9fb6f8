// Cuts a value in place.
#include "truth.h"

int main(void) {
  for (char* word = strtok(getenv("N1"), "-"); word; word = strtok(NULL, "-")) show(word);
  return 0;
}

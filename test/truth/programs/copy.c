// Copies the environment, and reads from the copy.
#include "truth.h"

int main(void) {
  static char* copy[256];
  for (int i = 0; environ[i]; ++i) copy[i] = strdup(environ[i]);
  show(found(copy, "N1"));
  return 0;
}

// A pointer from before the removal.
#include "truth.h"

int main(void) {
  char* kept = found(environ, "N1");
  unsetenv("N1");
  show(kept);
  return 0;
}

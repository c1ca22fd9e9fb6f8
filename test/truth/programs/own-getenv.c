// The program brings its own getenv, and exports it.
#include "truth.h"

char* getenv(const char* name) { return found(environ, name); }

int main(void) {
  show(getenv("N1"));
  return 0;
}

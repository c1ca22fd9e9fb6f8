// Kills itself, after a read by name and one without.
#include "truth.h"

int main(void) {
  show(getenv("N1"));
  show(found(environ, "N2"));
  kill(getpid(), SIGKILL);
  return 0;
}

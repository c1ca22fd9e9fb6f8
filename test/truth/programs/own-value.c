// What the program set itself: not what it was given.
#include "truth.h"

int main(void) {
  static char mine[] = "MINE=1";
  putenv(mine);
  setenv("OTHER", "2", 1);
  show(getenv("MINE"));
  show(getenv("OTHER"));
  show(found(environ, "MINE"));
  return 0;
}

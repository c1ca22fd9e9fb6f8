// Goes on after an exec that failed.
#include "truth.h"

int main(void) {
  char* arguments[] = {"none", NULL};
  show(found(environ, "N1"));
  execv("/nonexistent", arguments);
  show(found(environ, "N2"));
  return 0;
}

// libc's other name of environ.
#include "truth.h"

extern char** __environ;

int main(void) {
  show(found(__environ, "N1"));
  return 0;
}

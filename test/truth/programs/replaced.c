// environ is replaced by an array with the same strings.
#include "truth.h"

int main(void) {
  char* list[] = {environ[1], environ[0], NULL};
  environ = list;
  show(getenv("N1"));
  show(getenv("N2"));
  show(getenv("N3"));
  return 0;
}

// The same, walked.
#include "truth.h"

int main(void) {
  char* list[] = {environ[1], environ[0], NULL};
  environ = list;
  show(found(environ, "N2"));
  return 0;
}

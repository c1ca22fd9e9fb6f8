// A title for ps(1) over the arguments, after the environment was moved, as nginx does it.
#include "truth.h"

int main(int argc, char** argv) {
  (void)argc;
  for (int i = 0; environ[i]; ++i) environ[i] = strdup(environ[i]);
  memset(argv[0], 'x', strlen(argv[0]));
  show(getenv("N1"));
  return 0;
}

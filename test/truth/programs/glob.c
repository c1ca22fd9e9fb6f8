// libc's expansion of ~.
#include <glob.h>
#include "truth.h"

int main(void) {
  glob_t paths;
  if (glob("~", GLOB_TILDE, NULL, &paths)) return 1;
  show(paths.gl_pathv[0]);
  return 0;
}

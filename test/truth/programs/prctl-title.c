// A name for ps(1) by prctl: nothing is read.
#include <sys/prctl.h>
#include "truth.h"

int main(void) {
  prctl(PR_SET_NAME, "title");
  show("done");
  return 0;
}

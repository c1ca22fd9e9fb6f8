// libc asks for DATEMSK.
#include <time.h>
#include "truth.h"

int main(void) {
  getdate("2000-01-01");
  show(getdate_err == 1 ? "unset" : getdate_err == 2 ? "cannot open" : "opened");
  return 0;
}

// libc asks for TZ.
#include <time.h>
#include "truth.h"

int main(void) {
  const time_t moment = 0;
  show(ctime(&moment));
  return 0;
}

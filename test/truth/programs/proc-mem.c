// /proc/self/mem.
#include "truth.h"

int main(void) {
  char text[9] = {0};
  if (pread(open("/proc/self/mem", O_RDONLY), text, 8, (off_t)found(environ, "N1")) != 8) return 1;
  show(text);
  return 0;
}

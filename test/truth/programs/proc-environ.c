// The environment as a file.
#include "truth.h"

#ifndef OPEN
#define OPEN open("/proc/self/environ", O_RDONLY)
#endif

int main(void) {
  char text[4096], path[64];
  snprintf(path, sizeof path, "/proc/%d/environ", (int)getpid());
  const int file = OPEN;
  const ssize_t got = read(file, text, sizeof text - 1);
  if (got < 0) return 1;
  text[got] = 0;
  for (char* entry = text; entry < text + got; entry += strlen(entry) + 1)
    if (!strncmp(entry, "N1=", 3)) show(entry + 3);
  return 0;
}

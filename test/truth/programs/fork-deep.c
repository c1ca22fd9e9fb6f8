// In a great-grandchild, while its ancestors have gone.
#include "truth.h"

int main(void) {
  int ends[2];
  if (pipe(ends)) return 1;
  for (int i = 0; i < 3; ++i)
    if (fork() != 0) {
      if (i > 0) _exit(0);
      char byte;
      close(ends[1]);
      while (read(ends[0], &byte, 1) > 0) write(1, &byte, 1);
      while (wait(NULL) > 0) {}
      return 0;
    }
  dprintf(ends[1], "%s\n", found(environ, "N1"));
  return 0;
}

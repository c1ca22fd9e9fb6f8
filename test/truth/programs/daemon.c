// A child that lives on for a moment when its parent has ended.
#include "truth.h"

int main(void) {
  int ends[2];
  if (pipe(ends)) return 1;
  if (fork() == 0) {
    setsid();
    show(found(environ, "N1"));
    _exit(0);
  }
  char byte;
  close(ends[1]);  // the child's end is closed by its end
  read(ends[0], &byte, 1);
  return 0;
}

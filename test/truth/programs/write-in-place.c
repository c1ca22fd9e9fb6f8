// Writes into a value and hands it to a forked child.
#include "truth.h"

int main(void) {
  found(environ, "N1")[0] = 'X';
  const pid_t child = fork();
  if (child == 0) {
    show(found(environ, "N1"));
    _exit(0);
  }
  return statusOf(child);
}

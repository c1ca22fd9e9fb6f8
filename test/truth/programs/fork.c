// In a forked child, and in its parent.
#include "truth.h"

int main(void) {
  const pid_t child = fork();
  if (child == 0) {
    show(getenv("N1"));
    show(found(environ, "N2"));
    exit(4);
  }
  const int status = statusOf(child);
  show(getenv("N3"));
  return status;
}

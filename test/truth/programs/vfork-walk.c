// In a vfork child, without getenv.
#include "truth.h"

int main(void) {
  const pid_t child = vfork();
  if (child == 0) {
    show(found(environ, "N1"));
    _exit(5);
  }
  return statusOf(child);
}

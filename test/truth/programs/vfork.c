// In a vfork child, that ends without another program.
#include "truth.h"

int main(void) {
  const pid_t child = vfork();
  if (child == 0) {
    show(getenv("N1"));
    _exit(5);
  }
  const int status = statusOf(child);
  show(getenv("N2"));
  return status;
}

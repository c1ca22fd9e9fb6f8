// The kernel copies the value from one place of the process to another.
#include <sys/uio.h>
#include "truth.h"

int main(void) {
  char text[9] = {0};
  struct iovec to = {text, 8}, from = {found(environ, "N1"), 8};
  if (process_vm_readv(getpid(), &to, 1, &from, 1, 0) != 8) return 1;
  show(text);
  return 0;
}

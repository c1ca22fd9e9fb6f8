// A tail call: the caller's frame is gone when getenv runs.
#include "truth.h"

__attribute__((noinline)) static char* answer(const char* name) { return getenv(name); }

int main(void) {
  show(answer("N1"));
  return 0;
}

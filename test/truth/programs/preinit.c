// The executable's preinit functions run before the constructors of any library.
#include "truth.h"

static char* kept;

static void first(void) { kept = getenv("N1"); }
__attribute__((section(".preinit_array"), used)) static void (*entry)(void) = first;

int main(void) {
  show(kept);
  return 0;
}

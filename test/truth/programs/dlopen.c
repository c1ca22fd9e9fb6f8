// In a library that is loaded later.
#include <dlfcn.h>
#include "truth.h"

#ifndef HOW
#define HOW dlopen(argv[1], RTLD_NOW)
#endif
#ifndef WHAT
#define WHAT "readIt"
#endif

int main(int argc, char** argv) {
  void* library = argc > 1 ? HOW : NULL;
  if (!library) return 1;
  void (*call)(void) = (void (*)(void))dlsym(library, WHAT);
  call();
  return 0;
}

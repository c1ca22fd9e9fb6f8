// libc's own getenv, looked up past the preloaded one.
#include <dlfcn.h>
#include "truth.h"

int main(void) {
  void* libc = dlopen("libc.so.6", RTLD_NOW);
  char* (*ask)(const char*) = (char* (*)(const char*))dlsym(libc, "getenv");
  show(ask("N1"));
  return 0;
}

// A preloaded library with its own getenv, which runs before the program's.
#include <dlfcn.h>
#include "truth.h"

#ifdef LIBRARY
char* getenv(const char* name) {
  char* (*next)(const char*) = (char* (*)(const char*))dlsym(RTLD_NEXT, "getenv");
  return next(name);
}
#else
int main(int argc, char** argv) {
  if (argc > 1) {
    show(getenv("N1"));
    return 0;
  }
  char* arguments[] = {argv[0], "child", NULL};
  setenv("LD_PRELOAD", "./preload.so", 1);
  return execv("/proc/self/exe", arguments);
}
#endif

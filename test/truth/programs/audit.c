// A library that audits the loader: it runs before all others, in a namespace of its own.
#include <link.h>
#include "truth.h"

#ifdef LIBRARY
unsigned la_version(unsigned version) {
  show(getenv("N2"));
  return version;
}
#else
int main(int argc, char** argv) {
  if (argc > 1) {
    show(getenv("N1"));
    return 0;
  }
  char* arguments[] = {argv[0], "child", NULL};
  setenv("LD_AUDIT", "./audit.so", 1);
  return execv("/proc/self/exe", arguments);
}
#endif

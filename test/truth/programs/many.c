// More variables than the probe lays apart.
#include "truth.h"

int main(int argc, char** argv) {
  if (argc > 1) {
    show(getenv("M7"));
    show(found(environ, "M1400"));
    return 0;
  }
  static char* list[1501];
  for (int i = 0; i < 1500; ++i)
    if (asprintf(&list[i], "M%d=%s", i, found(environ, "N1")) < 0) return 1;
  char* arguments[] = {argv[0], "child", NULL};
  return execve("/proc/self/exe", arguments, list);
}

// A name that is given twice: the first counts.
#include "truth.h"

int main(int argc, char** argv) {
  if (argc > 1) {
    show(getenv("N1"));
    return 0;
  }
  char* list[] = {found(environ, "N1") - 3, "N1=second", "N2=other", NULL};
  char* arguments[] = {argv[0], "child", NULL};
  return execve("/proc/self/exe", arguments, list);
}

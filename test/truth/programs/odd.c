// Entries that are no assignments, and a name that is given twice.
#include "truth.h"

int main(int argc, char** argv) {
  if (argc > 1) {
    show(getenv("TWICE"));
    show(found(environ, "N1"));
    return 0;
  }
  char* list[] = {"TWICE=first", "without", "", "=value", "TWICE=second", found(environ, "N1") - 3, NULL};
  char* arguments[] = {argv[0], "child", NULL};
  return execve("/proc/self/exe", arguments, list);
}

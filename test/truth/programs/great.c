// A value that is too large to be laid apart.
#include "truth.h"

int main(int argc, char** argv) {
  if (argc > 1) {
    show(found(environ, "GREAT") + 70000);
    show(found(environ, "N1"));
    return 0;
  }
  char* text = malloc(70100);
  memset(text, 'x', 70006);
  strcpy(text + 70006, found(environ, "N2"));
  memcpy(text, "GREAT=", 6);
  putenv(text);
  char* arguments[] = {argv[0], "child", NULL};
  return execv("/proc/self/exe", arguments);
}

// A program that is in no folder: a file in memory.
#include <sys/mman.h>
#include <sys/sendfile.h>
#include "truth.h"

int main(int argc, char** argv) {
  if (argc > 1) {
    show(getenv("N1"));
    show(found(environ, "N2"));
    return 0;
  }
  const int from = open("/proc/self/exe", O_RDONLY), to = memfd_create("program", MFD_CLOEXEC);
  while (sendfile(to, from, NULL, 1 << 20) > 0) {}
  char* arguments[] = {argv[0], "child", NULL};
  return fexecve(to, arguments, environ);
}

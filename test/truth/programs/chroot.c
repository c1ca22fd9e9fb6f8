// Another program in a place where the probe cannot be found. Needs root.
#include "truth.h"

int main(int argc, char** argv) {
  if (argc < 2) return 1;
  show(getenv("N1"));
  char* arguments[] = {"child", NULL};
  (void)argv;
  if (chdir(argv[1]) || chroot(".")) return 2;
  return execv("/child", arguments);
}

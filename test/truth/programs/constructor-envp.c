// glibc hands constructors main's arguments.
#include "truth.h"

static char* kept;

__attribute__((constructor)) static void early(int argc, char** argv, char** envp) {
  (void)argc, (void)argv;
  kept = found(envp, "N1");
}

int main(void) {
  show(kept);
  return 0;
}

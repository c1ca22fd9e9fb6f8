// libc's own posix_spawn and execve, looked up past the preloaded ones.
#include <dlfcn.h>
#include <spawn.h>
#include <sys/wait.h>
#include "truth.h"

int main(void) {
  void* libc = dlopen("libc.so.6", RTLD_NOW);
  __typeof__(&posix_spawn) spawn = (__typeof__(&posix_spawn))dlsym(libc, "posix_spawn");
  __typeof__(&execve) exec = (__typeof__(&execve))dlsym(libc, "execve");
  char* first[] = {"printenv", "N1", NULL};
  char* second[] = {"printenv", "N2", NULL};
  pid_t child;
  if (spawn(&child, "/usr/bin/printenv", NULL, NULL, first, environ) != 0) return 1;
  waitpid(child, NULL, 0);
  return exec("/usr/bin/printenv", second, environ);
}

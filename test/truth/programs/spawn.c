// Starts itself, by the way that HOW is, and reads another variable there.
#include <spawn.h>
#include "truth.h"

int main(int argc, char** argv) {
  if (argc > 1) {
    show(found(environ, "N2"));
    return 3;
  }
  show(getenv("N1"));
  char* self = argv[0];
  char* arguments[] = {self, "child", NULL};
  pid_t child = 0;
  (void)arguments, (void)self, (void)child;
#ifdef POSIX_SPAWN
  if (posix_spawn(&child, self, NULL, NULL, arguments, environ)) return 1;
  return statusOf(child);
#elif defined(VFORK)
  child = vfork();
  if (child == 0) {
    execve(self, arguments, environ);
    _exit(9);
  }
  return statusOf(child);
#elif defined(SYSTEM)
  char line[4200];
  snprintf(line, sizeof line, "exec '%s' child", self);
  return WEXITSTATUS(system(line));
#elif defined(POPEN)
  char line[4200], text[64] = "";
  snprintf(line, sizeof line, "exec '%s' child", self);
  FILE* stream = popen(line, "r");
  if (!fgets(text, sizeof text, stream)) return 1;
  show(text);
  return WEXITSTATUS(pclose(stream));
#elif defined(LIST)
  char* list[] = {"N2=of my own", NULL};
  return execle(self, self, "child", NULL, list);
#elif defined(FEXECVE)
  return fexecve(open(self, O_RDONLY | O_CLOEXEC), arguments, environ);
#elif defined(SYSCALL)
  return (int)syscall(SYS_execve, self, arguments, environ);
#endif
}

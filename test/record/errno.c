// errno is what libc would have left.
//
// RUN: %cc -o %t %s
// RUN: env SET=1 %envleak record -o %t.trace -- %t
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <sys/wait.h>

int main(int argc, char** argv) {
  char* arguments[] = {"x", NULL};
  errno = 77;
  getenv("SET");
  getenv("UNSET");
  secure_getenv("SET");
  if (errno != 77) return 1;
  if (open("/no/such/.env", O_RDONLY) != -1 || errno != ENOENT) return 2;
  if (execv("/no/such/program", arguments) != -1 || errno != ENOENT) return 3;
  if (execv("/", arguments) != -1 || errno != EACCES) return 4;
  if (execvp("no-such-program-in-path", arguments) != -1 || errno != ENOENT) return 5;
  errno = 77;
  setenv("A", "1", 1);
  unsetenv("A");
  if (errno != 77) return 6;
  pid_t pid;
  if (posix_spawn(&pid, "/no/such/program", NULL, NULL, arguments, NULL) != ENOENT) return 7;
  errno = 77;
  if (system("exit 3") != 3 << 8 || errno != 77) return 8;
  if ((pid = fork()) == 0) _exit(errno == 77 ? 5 : 6);
  int status;
  if (waitpid(pid, &status, 0) != pid || WEXITSTATUS(status) != 5 || errno != 77) return 9;
  (void)argc, (void)argv;
  return 0;
}

// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// SEI CERT ENV33: the program is started with its arguments and with nothing else.
#include <sys/wait.h>
#include <unistd.h>

int check(const char *input) {
  char *const arguments[] = {"check-file", (char *)input, NULL};
  char *const environment[] = {NULL};
  int status = -1;
  pid_t child = fork();
  if (child == 0) {
    execve("/usr/bin/check-file", arguments, environment);
    // CHECK: [[#@LINE-1]]: direct execve in check: empty [none] program="/usr/bin/check-file"
    _exit(127);
  }
  if (child > 0) waitpid(child, &status, 0);
  return status;
}
// CHECK-NOT: [envleak-

// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// The environment is the last of the variadic arguments, as with execle.
#include <stdarg.h>
#include <stddef.h>
#include <unistd.h>

static int run(const char *program, ...) {
  char *argv[16] = {(char *)program};
  va_list list;
  va_start(list, program);
  for (int i = 1; i < 15 && (argv[i] = va_arg(list, char *)) != NULL; ++i) continue;
  char **env = va_arg(list, char **);
  va_end(list);
  return execve(program, argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in run: {{from-caller|unknown|forwarded}}
}

int main(void) { return run("/bin/ls", "-l", (char *)NULL, environ); }
// CHECK: wrapper run in main: {{unknown|forwarded}}

// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A variadic wrapper that takes the environment first.
#include <stdarg.h>
#include <stddef.h>
#include <unistd.h>

static int run(char **env, const char *program, ...) {
  char *argv[16] = {(char *)program};
  va_list list;
  va_start(list, program);
  for (int i = 1; i < 15 && (argv[i] = va_arg(list, char *)) != NULL; ++i) continue;
  va_end(list);
  return execvpe(program, argv, env);
  // CHECK: [[#@LINE-1]]: direct execvpe in run: {{from-caller|explicit}} [none]
}

int main(void) {
  static char *own[] = {"PATH=/bin", NULL};
  return run(own, "ls", "-l", (char *)NULL);
  // CHECK: [[#@LINE-1]]: wrapper run in main: explicit [none] program="ls"
}

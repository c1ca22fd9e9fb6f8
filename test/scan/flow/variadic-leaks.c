// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A variadic wrapper that collects its arguments.
#include <stdarg.h>
#include <stddef.h>
#include <unistd.h>

static int run(const char *program, ...) {
  char *argv[16] = {(char *)program};
  va_list list;
  va_start(list, program);
  for (int i = 1; i < 15 && (argv[i] = va_arg(list, char *)) != NULL; ++i) continue;
  va_end(list);
  return execvp(program, argv);
  // CHECK: [[#@LINE-1]]: direct execvp in run: inherited [envleak-inherited]
}

int main(void) {
  return run("ls", "-l", (char *)NULL);
  // CHECK: [[#@LINE-1]]: wrapper run in main: inherited [none] program="ls"
}

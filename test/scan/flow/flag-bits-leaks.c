// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// One bit of the flags chooses the environment.
#include <unistd.h>

enum { KEEP_ENVIRONMENT = 4, CHANGE_DIRECTORY = 8 };
static char *own[] = {"PATH=/bin", NULL};

static int run(char **argv, unsigned flags) {
  return execve("/a", argv, flags & KEEP_ENVIRONMENT ? environ : own);
}

int main(int argc, char **argv) {
  if (argc > 1) return run(argv, CHANGE_DIRECTORY);
  // CHECK: [[#@LINE-1]]: wrapper run in main: explicit [none]
  return run(argv, CHANGE_DIRECTORY | KEEP_ENVIRONMENT);
  // CHECK: [[#@LINE-1]]: wrapper run in main: forwarded
}

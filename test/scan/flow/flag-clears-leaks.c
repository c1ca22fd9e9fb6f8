// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A flag decides whether the environment is cleared; resolved at each caller that gives a constant.
#include <stdlib.h>
#include <unistd.h>

static int run(char **argv, int clean) {
  if (clean) clearenv();
  return execv("/a", argv);
}

int main(int argc, char **argv) {
  if (argc > 1) return run(argv, 1);
  // CHECK: [[#@LINE-1]]: wrapper run in main: empty [none]
  return run(argv, 0);
  // CHECK: [[#@LINE-1]]: wrapper run in main: inherited
}

// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// Every caller asks for a clean environment.
#include <stdlib.h>
#include <unistd.h>

static int run(char **argv, int clean) {
  if (clean) clearenv();
  return execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in run: {{empty|from-caller}} [none]
}

int main(int argc, char **argv) {
  return run(argv + argc - 1, 1);
  // CHECK: [[#@LINE-1]]: wrapper run in main: empty [none]
}

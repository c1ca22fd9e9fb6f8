// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// main clears the environment, the spawn is three calls further down.
#include <stdlib.h>
#include <unistd.h>

static int third(char **argv) { return execv("/a", argv); }
// CHECK: [[#@LINE-1]]: direct execv in third: empty [none]
static int second(char **argv) { return third(argv); }
static int first(char **argv) { return second(argv); }

int main(int argc, char **argv) {
  clearenv();
  return first(argv + argc - 1);
}
// CHECK-NOT: [envleak-

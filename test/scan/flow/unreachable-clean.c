// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A constant condition: the branch that would keep the environment is never taken.
#include <stdlib.h>
#include <unistd.h>

void never(char **argv) {
  if (1) clearenv();
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in never: empty [none]
}

// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A helper that always ends the process leaves no other path.
#include <stdlib.h>
#include <unistd.h>

static void fail(void) { exit(1); }

void does_not_survive(char **argv, int flag) {
  if (flag)
    clearenv();
  else
    fail();
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in does_not_survive: empty [none]
}

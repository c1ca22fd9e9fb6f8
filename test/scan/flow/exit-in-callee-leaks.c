// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A helper that ends the process on one path only does not end it on all.
#include <stdlib.h>
#include <unistd.h>

static void fail(int fatal) {
  if (fatal) exit(1);
}

void survives(char **argv, int flag) {
  if (flag)
    clearenv();
  else
    fail(flag);
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in survives: inherited [envleak-inherited]
}

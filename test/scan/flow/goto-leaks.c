// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A jump past the clearing.
#include <stdlib.h>
#include <unistd.h>

void past(char **argv, int flag) {
  if (flag) goto out;
  clearenv();
out:
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in past: inherited [envleak-inherited]
}

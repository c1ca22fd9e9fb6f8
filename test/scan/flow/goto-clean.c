// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// All jumps to the label come after the clearing.
#include <stdlib.h>
#include <unistd.h>

void after(char **argv, int flag) {
  clearenv();
  if (flag) goto out;
  chdir("/");
out:
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in after: empty [none]
}

void back(char **argv, int count) {
  clearenv();
again:
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in back: empty [none]
  if (count-- > 0) goto again;
}

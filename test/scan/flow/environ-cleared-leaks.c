// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// Cleared on one path, or too late, is not cleared.
#include <stdlib.h>
#include <unistd.h>

void on_one_path(char **argv, int flag) {
  if (flag) clearenv();
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in on_one_path: inherited [envleak-inherited]
}

void too_late(char **argv) {
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in too_late: inherited [envleak-inherited]
  clearenv();
}

void saved_before(char **argv) {
  char **saved = environ;
  clearenv();
  environ = saved;
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in saved_before: {{inherited|forwarded}} [envleak-
}

// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// Ending the array further on leaves what stands before.
#include <unistd.h>

void cut(char **argv) {
  if (environ[0] != NULL && environ[1] != NULL) environ[2] = NULL;
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in cut: {{inherited|extended|unknown}} [envleak-
}

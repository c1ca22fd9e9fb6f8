// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// The same question asked twice has the same answer: only the child, which has cleared, gets to the exec.
#include <stdlib.h>
#include <unistd.h>

void asked_twice(char **argv) {
  pid_t child = fork();
  if (child == 0) clearenv();
  chdir("/");
  if (child == 0) execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in asked_twice: empty [none]
}

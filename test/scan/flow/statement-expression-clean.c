// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// What a statement expression does counts, and so does its value.
#include <stdlib.h>
#include <unistd.h>

void effect(char **argv) {
  int cleared = ({ clearenv(); 1; });
  execv("/a", argv + cleared);
  // CHECK: [[#@LINE-1]]: direct execv in effect: empty [none]
}

void value(char **argv) {
  static char *own[] = {"PATH=/bin", NULL};
  execve("/a", argv, ({ chdir("/"); own; }));
  // CHECK: [[#@LINE-1]]: direct execve in value: explicit [none]
}

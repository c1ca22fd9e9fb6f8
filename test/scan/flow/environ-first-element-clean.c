// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// Ending the array at its first element empties it.
#include <unistd.h>

void by_index(char **argv) {
  environ[0] = NULL;
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in by_index: empty [none]
}

void by_pointer(char **argv) {
  *environ = NULL;
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in by_pointer: empty [none]
}

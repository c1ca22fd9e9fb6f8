// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// `environ` is replaced by an array of constants.
#include <unistd.h>

void by_array(char **argv) {
  static char *own[] = {"PATH=/usr/bin:/bin", "LANG=C", NULL};
  environ = own;
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in by_array: explicit [none]
  execvp("a", argv);
  // CHECK: [[#@LINE-1]]: direct execvp in by_array: explicit [none]
}

// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A filtered environment names the variables that are taken over.
#include <stdlib.h>
#include <unistd.h>

void taken_over(char **argv) {
  char *home = getenv("HOME");
  clearenv();
  setenv("HOME", home, 1);
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in taken_over: filtered [none]{{.*}}HOME
}

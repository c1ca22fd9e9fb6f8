// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// Variables that are set one by one after clearenv() are all that the child gets.
#include <stdlib.h>
#include <unistd.h>

void constants(char **argv) {
  clearenv();
  setenv("PATH", "/usr/bin:/bin", 1);
  putenv("LANG=C");
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in constants: explicit [none]
}

void taken_over(char **argv) {
  char *home = getenv("HOME");
  clearenv();
  setenv("HOME", home, 1);
  execve("/a", argv, environ);
  // CHECK: [[#@LINE-1]]: direct execve in taken_over: filtered [none]{{.*}}
}

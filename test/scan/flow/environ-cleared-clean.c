// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// Cleared on every path to the call.
#include <stdlib.h>
#include <unistd.h>

void on_both_paths(char **argv, int flag) {
  if (flag)
    clearenv();
  else
    environ = NULL;
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in on_both_paths: empty [none]
}

void or_given_up(char **argv) {
  if (clearenv() != 0) _exit(127);
  execve("/a", argv, environ);
  // CHECK: [[#@LINE-1]]: direct execve in or_given_up: empty [none]
}

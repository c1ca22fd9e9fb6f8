// RUN: %python %S/../Inputs/compile_commands.py %t.cc.json %S callee-elsewhere-clean.c -D_GNU_SOURCE -- Inputs/wipes.c -D_GNU_SOURCE
// RUN: %envleak scan -p %t.cc.json --fail-on never --format json -o %t.json
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A function of another unit clears, one makes the environment.
#include "Inputs/wipes.h"
#include <unistd.h>

int first(char **argv) {
  return execve("/a", argv, own_environment());
  // CHECK: [[#@LINE-1]]: direct execve in first: explicit [none]
}

int main(int argc, char **argv) {
  if (argc > 1) return first(argv);
  wipe();
  return execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in main: empty [none]
}

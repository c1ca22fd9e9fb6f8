// RUN: %python %S/../Inputs/compile_commands.py %t.cc.json %S callee-elsewhere-leaks.c -D_GNU_SOURCE -- Inputs/wipes.c -D_GNU_SOURCE
// RUN: %envleak scan -p %t.cc.json --fail-on never --format json -o %t.json
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A function of another unit clears on one of its paths, one returns the whole environment.
#include "Inputs/wipes.h"
#include <unistd.h>

int first(char **argv) {
  return execve("/a", argv, whole_environment());
  // CHECK: [[#@LINE-1]]: direct execve in first: forwarded [envleak-forwarded]
}

int main(int argc, char **argv) {
  if (argc > 1) return first(argv);
  wipe_if(argc);
  return execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in main: inherited [envleak-inherited]
}

// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A jump to an address may go past the clearing.
#include <stdlib.h>
#include <unistd.h>

void jumps(char **argv, int which) {
  static void *const places[] = {&&clear, &&start};
  goto *places[which];
clear:
  clearenv();
start:
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in jumps: inherited [envleak-inherited]
}

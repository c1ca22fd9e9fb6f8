// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// SEI CERT ENV33: a command processor for a text that came from outside, one for a fixed text.
#include <stdio.h>
#include <stdlib.h>

int check(const char *input) {
  char command[512];
  int length = snprintf(command, sizeof command, "check-file '%s'", input);
  if (length < 0 || (size_t)length >= sizeof command) return -1;
  return system(command);
  // CHECK: [[#@LINE-1]]: direct system in check: inherited [envleak-inherited]
}

int forget(void) {
  return system("rm ~/.config/worker");
  // CHECK: [[#@LINE-1]]: direct system in forget: inherited [envleak-inherited] program="rm ~/.config/worker"
}

FILE *list(void) {
  return popen("ls", "r");
  // CHECK: [[#@LINE-1]]: direct popen in list: inherited [envleak-inherited] program="ls"
}

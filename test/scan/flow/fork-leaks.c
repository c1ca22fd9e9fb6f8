// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// The wrong side of the fork is cleared.
#include <stdlib.h>
#include <unistd.h>

void parent_cleared(char **argv) {
  pid_t child = fork();
  if (child != 0)
    clearenv();
  else
    execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in parent_cleared: inherited [envleak-inherited]
}

void by_switch(char **argv) {
  switch (fork()) {
    case -1:
      clearenv();
      break;
    case 0:
      execv("/a", argv);
      // CHECK: [[#@LINE-1]]: direct execv in by_switch: inherited [envleak-inherited]
      _exit(127);
  }
}

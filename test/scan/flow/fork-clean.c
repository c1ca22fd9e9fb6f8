// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// The child clears its own environment before exec; the parent's later child is another matter.
#include <stdlib.h>
#include <unistd.h>

void by_if(char **argv) {
  pid_t child;
  if ((child = fork()) == 0) {
    clearenv();
    execv("/a", argv);
    // CHECK: [[#@LINE-1]]: direct execv in by_if: empty [none]
    _exit(127);
  }
}

void by_switch(char **argv) {
  switch (fork()) {
    case 0:
      environ = NULL;
      execvp("a", argv);
      // CHECK: [[#@LINE-1]]: direct execvp in by_switch: empty [none]
      _exit(127);
    default:
      break;
  }
}

void by_return(char **argv) {
  if (fork()) return;
  clearenv();
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in by_return: empty [none]
}

// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// One case does not clear.
#include <stdlib.h>
#include <unistd.h>

void one_lacks(char **argv, int mode) {
  switch (mode) {
    case 1:
      clearenv();
      break;
    case 2:
      break;
    default:
      environ = NULL;
  }
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in one_lacks: inherited [envleak-inherited]
}

void chosen(char **argv, int mode) {
  char **env = NULL;
  switch (mode) {
    case 1:
      env = environ;
      break;
    default:
      break;
  }
  execve("/a", argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in chosen: forwarded [envleak-forwarded]
}

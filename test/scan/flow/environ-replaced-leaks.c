// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// `environ` is replaced by an array that still holds what was there.
#include <unistd.h>

void by_itself(char **argv) {
  char **same = environ;
  environ = same;
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in by_itself: {{inherited|forwarded}} [envleak-
}

int main(int argc, char **argv, char **envp) {
  environ = envp;
  execv(argv[argc - 1], argv);
  // CHECK: [[#@LINE-1]]: direct execv in main: {{inherited|forwarded}} [envleak-
}

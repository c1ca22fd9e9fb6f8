// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// main's third parameter is replaced before it is passed on.
#include <unistd.h>

static char *own[] = {"PATH=/bin", NULL};

int main(int argc, char **argv, char **envp) {
  envp = own;
  return execve(argv[argc - 1], argv, envp);
  // CHECK: [[#@LINE-1]]: direct execve in main: explicit [none]
}

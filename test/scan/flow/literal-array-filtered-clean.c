// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// An array made of single variables of the parent.
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

void one_variable(char **argv) {
  char home[4096];
  snprintf(home, sizeof home, "HOME=%s", getenv("HOME"));
  char *env[] = {"PATH=/bin", home, NULL};
  execve("/a", argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in one_variable: filtered [none]{{.*}}HOME
}

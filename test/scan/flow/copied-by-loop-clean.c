// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A loop that copies constants.
#include <stdlib.h>
#include <unistd.h>

static const char *const constants[] = {"PATH=/bin", "LANG=C"};

void table(char **argv) {
  char *env[3];
  for (int i = 0; i < 2; ++i) env[i] = (char *)constants[i];
  env[2] = NULL;
  execve("/a", argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in table: explicit [none]
}

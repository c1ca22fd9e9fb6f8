// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A copy of the whole environment with one variable more.
#include <stdlib.h>
#include <unistd.h>

void copied(char **argv) {
  char *env[1000];
  int n = 0;
  for (; environ[n] && n < 998; ++n) env[n] = environ[n];
  env[n++] = "APP_MODE=worker";
  env[n] = NULL;
  execve("/a", argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in copied: extended [envleak-extended]{{.*}}APP_MODE
}

// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// Only some names.
#include <string.h>
#include <unistd.h>

void allowed(char **argv) {
  char *env[3];
  int n = 0;
  for (char **at = environ; *at && n < 2; ++at)
    if (strncmp(*at, "PATH=", 5) == 0 || strncmp(*at, "HOME=", 5) == 0) env[n++] = *at;
  env[n] = NULL;
  execve("/a", argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in allowed: filtered [none]{{.*}}HOME, PATH
}

// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// All but some names: what was not thought of goes through.
#include <string.h>
#include <unistd.h>

void denied(char **argv) {
  char *env[1000];
  int n = 0;
  for (char **at = environ; *at && n < 999; ++at) {
    if (strncmp(*at, "LD_PRELOAD=", 11) == 0) continue;
    env[n++] = *at;
  }
  env[n] = NULL;
  execve("/a", argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in denied: extended [envleak-extended]{{.*}}LD_PRELOAD
}

// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A helper fills the array of its caller with constants.
#include <unistd.h>

static void fill(char **env) {
  env[0] = "PATH=/bin";
  env[1] = NULL;
}

void filled(char **argv) {
  char *env[2];
  fill(env);
  execve("/a", argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in filled: explicit [none]
}

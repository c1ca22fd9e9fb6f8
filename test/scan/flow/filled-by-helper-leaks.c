// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A helper fills the array of its caller from `environ`.
#include <unistd.h>

static void fill(char **env, int size) {
  int n = 0;
  for (; environ[n] && n < size - 1; ++n) env[n] = environ[n];
  env[n] = NULL;
}

void filled(char **argv) {
  char *env[1000];
  fill(env, 1000);
  execve("/a", argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in filled: forwarded [envleak-forwarded]
}

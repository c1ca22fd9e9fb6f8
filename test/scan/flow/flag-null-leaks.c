// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// NULL for the environment means the parent's.
#include <unistd.h>

static int run(char **argv, char **env) {
  if (env == NULL) env = environ;
  return execve("/a", argv, env);
}

int main(int argc, char **argv) {
  char *own[] = {"PATH=/bin", NULL};
  if (argc > 1) return run(argv, own);
  // CHECK: [[#@LINE-1]]: wrapper run in main: explicit [none]
  return run(argv, NULL);
  // CHECK: [[#@LINE-1]]: wrapper run in main: forwarded
}

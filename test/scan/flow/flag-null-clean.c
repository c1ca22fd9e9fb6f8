// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// NULL for the environment means the own default, which is explicit here.
#include <unistd.h>

static char *own[] = {"PATH=/bin", NULL};

static int run(char **argv, char **env) {
  if (env == NULL) env = own;
  return execve("/a", argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in run: {{from-caller|explicit}} [none]
}

int main(int argc, char **argv) {
  return run(argv + argc - 1, NULL);
  // CHECK: [[#@LINE-1]]: wrapper run in main: explicit [none]
}

// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A callback that is given the environment.
#include <unistd.h>

static int go(char **argv, char **env) { return execve(argv[0], argv, env); }
static int with_all(int (*callback)(char **, char **), char **argv) {
  return callback(argv, environ);
  // CHECK: [[#@LINE-1]]: {{indirect|wrapper}} callback in with_all: forwarded [envleak-forwarded]
}

int main(int argc, char **argv) { return with_all(go, argv + argc - 1); }

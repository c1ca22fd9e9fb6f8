// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -std=c++20
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A callable that is kept, then called.
#include <functional>
#include <unistd.h>

static int go(char **argv, char **env) { return execve(argv[0], argv, env); }

int run(char **argv) {
  std::function<int(char **, char **)> callable = go;
  return callable(argv, environ);
  // CHECK: [[#@LINE-1]]: {{indirect|wrapper}} {{.*}} in run: forwarded
}

// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -std=c++20
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A default argument that is NULL.
#include <unistd.h>

static int run(char **argv, char **env = nullptr) { return execve("/a", argv, env); }

int main(int argc, char **argv) {
  return run(argv + argc - 1);
  // CHECK: [[#@LINE-1]]: wrapper run in main: empty [none]
}

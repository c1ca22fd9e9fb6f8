// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -std=c++20
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// The library calls what it is given, with what it is given.
#include <functional>
#include <thread>
#include <unistd.h>

static char *const own[] = {const_cast<char *>("PATH=/bin"), nullptr};
static int go(char **argv, char *const *env) { return execve(argv[0], argv, env); }

void threads(char **argv) {
  std::thread one(go, argv, own);
  // CHECK: [[#@LINE-1]]: wrapper thread in threads: explicit
  std::invoke(go, argv, own);
  // CHECK: [[#@LINE-1]]: wrapper invoke in threads: explicit
  auto bound = std::bind(go, argv, own);
  // CHECK: [[#@LINE-1]]: wrapper bind in threads: explicit
  one.join();
}

// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -std=c++20
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// Lambdas in lambdas, generic ones, those that are called at once.
#include <unistd.h>

static char *const own[] = {const_cast<char *>("PATH=/bin"), nullptr};

void nested(char **argv) {
  auto outer = [&](char *const *env) {
    auto inner = [&](const char *name) { execve(name, argv, env); };
    inner("/a");
  };
  outer(own);
  // CHECK: [[#@LINE-1]]: wrapper outer in nested: explicit
}

void generic(char **argv) {
  auto run = [](auto args, auto env) { return execve("/a", args, env); };
  run(argv, own);
  // CHECK: [[#@LINE-1]]: wrapper run in generic: explicit
}

void at_once(char **argv) {
  [&](char *const *env) { execve("/a", argv, env); }(own);
  // CHECK: [[#@LINE-1]]: wrapper (lambda) in at_once: explicit
}

static auto global = [](char **argv, char *const *env) { return execve("/a", argv, env); };
void of_namespace(char **argv) {
  global(argv, own);
  // CHECK: [[#@LINE-1]]: wrapper global in of_namespace: explicit
}

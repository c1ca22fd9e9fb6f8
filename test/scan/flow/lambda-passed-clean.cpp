// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -std=c++20
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// The environment that a lambda is called with is its caller's.
#include <functional>
#include <unistd.h>

static char *const own[] = {const_cast<char *>("PATH=/bin"), nullptr};
template <class F> void with(F f, char *const *env) { f(env); }
static void in_function(const std::function<int(char *const *)> &f, char *const *env) { f(env); }

void passes(char **argv) {
  with([&](char *const *env) { execve("/a", argv, env); }, own);
  // CHECK: [[#@LINE-1]]: wrapper with in passes: explicit
  in_function([&](char *const *env) { return execve("/b", argv, env); }, own);
  // CHECK: [[#@LINE-1]]: wrapper in_function in passes: explicit
  auto kept = [&](char *const *env) { return execve("/c", argv, env); };
  const auto &same = kept;
  same(own);
  // CHECK: [[#@LINE-1]]: wrapper same in passes: explicit
}

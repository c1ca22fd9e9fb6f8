// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -std=c++20
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A lambda is passed on, kept, and called by others.
#include <functional>
#include <unistd.h>
#include <utility>

template <class F> void with(F f) { f(environ); }
// CHECK: [[#@LINE-1]]: {{indirect|wrapper}} f in with: forwarded
template <class F> void forwarding(F &&f, char **env) { std::forward<F>(f)(env); }
static void in_function(const std::function<int(char **)> &f) {
  f(environ);
  // CHECK: [[#@LINE-1]]: {{indirect|wrapper}} f in in_function: forwarded
}
static void generic(auto &&f, char **env) { f(env); }

void passes(char **argv) {
  with([&](char **env) { execve("/a", argv, env); });
  in_function([&](char **env) { return execve("/b", argv, env); });
  auto kept = [&](char **env) { return execve("/c", argv, env); };
  forwarding(kept, environ);
  // CHECK: [[#@LINE-1]]: wrapper forwarding in passes: forwarded
  forwarding([&](char **env) { execve("/d", argv, env); }, environ);
  // CHECK: [[#@LINE-1]]: wrapper forwarding in passes: forwarded
  generic(std::move(kept), environ);
  // CHECK: [[#@LINE-1]]: wrapper generic in passes: forwarded
  const auto &same = kept;
  same(environ);
  // CHECK: [[#@LINE-1]]: wrapper same in passes: forwarded
}

struct Task {
  std::function<void(char **)> start;
  explicit Task(std::function<void(char **)> how) : start(std::move(how)) {}
  void run() {
    start(environ);
    // CHECK: [[#@LINE-1]]: {{indirect|wrapper}} start in Task::run: forwarded
  }
};
void keeps(char **argv) {
  Task task([=](char **env) { execve("/a", argv, env); });
  task.run();
}

struct Later {
  std::function<void(char **)> start;
};
void sets(Later &later, char **argv) {
  later.start = [=](char **env) { execve("/a", argv, env); };
}
void runs(Later &later) {
  later.start(environ);
  // CHECK: [[#@LINE-1]]: {{indirect|wrapper}} start in runs: forwarded
}

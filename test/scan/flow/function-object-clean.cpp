// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -std=c++20
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// Objects that are called.
#include <functional>
#include <unistd.h>

static char *const own[] = {const_cast<char *>("PATH=/bin"), nullptr};
struct Run {
  int operator()(char **argv, char *const *env) const { return execve(argv[0], argv, env); }
};
template <class F> int with(F f, char **argv, char *const *env) { return f(argv, env); }

void calls(char **argv) {
  Run run;
  run(argv, own);
  // CHECK: [[#@LINE-1]]: wrapper operator() in calls: explicit
  Run()(argv, own);
  // CHECK: [[#@LINE-1]]: wrapper operator() in calls: explicit
  with(run, argv, own);
  // CHECK: [[#@LINE-1]]: wrapper with in calls: explicit
  std::function<int(char **, char *const *)> kept = run;
  kept(argv, own);
  // CHECK: [[#@LINE-1]]: wrapper kept in calls: explicit
}

void local(char **argv) {
  struct Local {
    int operator()(char **args, char *const *env) { return execve("/a", args, env); }
  } object;
  object(argv, own);
  // CHECK: [[#@LINE-1]]: wrapper operator() in local: explicit
}

// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -std=c++20
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// Objects that are called, by whatever name.
#include <functional>
#include <unistd.h>

struct Run {
  char **kept = environ;
  int operator()(char **argv, char **env) const { return execve(argv[0], argv, env); }
  void operator()(char **argv) const { execve(argv[0], argv, kept); }
};
struct Derived : Run {};
template <class F> int with(F f, char **argv, char **env) { return f(argv, env); }

void calls(char **argv) {
  Derived run;
  run(argv, environ);
  // CHECK: [[#@LINE-1]]: wrapper operator() in calls: forwarded
  with(run, argv, environ);
  // CHECK: [[#@LINE-1]]: wrapper with in calls: forwarded
  with(Run(), argv, environ);
  // CHECK: [[#@LINE-1]]: wrapper with in calls: forwarded
  std::function<int(char **, char **)> kept = Run{};
  kept(argv, environ);
  // CHECK: [[#@LINE-1]]: wrapper kept in calls: forwarded
}

void local(char **argv) {
  struct Local {
    int operator()(char **args, char **env) { return execve("/a", args, env); }
    static int plain(char **args) { return execve("/a", args, environ); }
    // CHECK: [[#@LINE-1]]: direct execve in local::plain: forwarded [envleak-forwarded]
  } object;
  object(argv, environ);
  // CHECK: [[#@LINE-1]]: wrapper operator() in local: forwarded
}

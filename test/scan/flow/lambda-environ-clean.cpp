// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -std=c++20
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// What a lambda does to `environ` where it is called.
#include <cstdlib>
#include <unistd.h>

void called(char **argv) {
  auto wipe = [] { clearenv(); };
  wipe();
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in called: empty [none]
}

void only_made(char **argv) {
  clearenv();
  auto restore = [](char **saved) { environ = saved; };
  (void)restore;
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in only_made: empty [none]
}

void before(char **argv) {
  auto run = [=] { execv("/a", argv); };
  clearenv();
  run();
  // CHECK: [[#@LINE-3]]: direct execv in before::(lambda): empty [none]
}

// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -std=c++20
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A lambda uses the environment, captured or not; one that clears may not have been called.
#include <cstdlib>
#include <unistd.h>

void captured(char **argv) {
  char **env = environ;
  auto run = [=] { execve("/a", argv, env); };
  // CHECK: [[#@LINE-1]]: direct execve in captured::(lambda): forwarded [envleak-forwarded]
  run();
}

void not_called(char **argv) {
  auto wipe = [] { clearenv(); };
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in not_called: inherited [envleak-inherited]
  wipe();
}

void given(char **argv) {
  auto run = [](char **args, char **env) { return execve("/a", args, env); };
  run(argv, environ);
  // CHECK: [[#@LINE-1]]: wrapper {{.*}} in given: forwarded
}

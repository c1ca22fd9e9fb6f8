// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -std=c++20
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A lambda that clears, one that runs with an environment of constants, one that makes it.
#include <cstdlib>
#include <unistd.h>

void called(char **argv) {
  auto wipe = [] { clearenv(); };
  wipe();
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in called: empty [none]
}

void captured(char **argv) {
  static char *own[] = {const_cast<char *>("PATH=/bin"), nullptr};
  char **env = own;
  auto run = [=] { execve("/a", argv, env); };
  // CHECK: [[#@LINE-1]]: direct execve in captured::(lambda): explicit [none]
  run();
}

void at_once(char **argv) {
  [&] {
    clearenv();
    execv("/a", argv);
    // CHECK: [[#@LINE-1]]: direct execv in at_once::(lambda): empty [none]
  }();
}

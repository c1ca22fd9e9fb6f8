// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -std=c++20
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A template that is only given an environment of constants.
#include <unistd.h>

template <typename Environment>
int run(char **argv, Environment env) {
  return execve("/a", argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in run{{.*}}: {{from-caller|explicit}} [none]
}

int main(int argc, char **argv) {
  static char *own[] = {const_cast<char *>("PATH=/bin"), nullptr};
  return run(argv + argc - 1, own);
  // CHECK: [[#@LINE-1]]: wrapper run{{.*}} in main: explicit [none]
}

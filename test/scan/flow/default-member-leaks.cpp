// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -std=c++20
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// XFAIL: *
// Not yet: the value of a field is not followed.
// A default member initialiser holds the environment.
#include <unistd.h>

struct Options {
  char **env = environ;
};

int run(char **argv) {
  Options options;
  return execve("/a", argv, options.env);
  // CHECK: [[#@LINE-1]]: direct execve in run: forwarded [envleak-forwarded]
}

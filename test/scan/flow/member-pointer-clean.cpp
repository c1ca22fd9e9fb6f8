// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -std=c++20
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// Methods that are called through a pointer.
#include <unistd.h>

static char *const own[] = {const_cast<char *>("PATH=/bin"), nullptr};
struct Runner {
  int run(char **argv, char *const *env) { return execve(argv[0], argv, env); }
};

int calls(Runner &runner, char **argv) {
  auto how = &Runner::run;
  return (runner.*how)(argv, own);
  // CHECK: [[#@LINE-1]]: wrapper how in calls: explicit
}

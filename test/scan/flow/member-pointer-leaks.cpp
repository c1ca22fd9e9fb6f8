// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -std=c++20
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// Methods that are called through a pointer.
#include <unistd.h>

struct Runner {
  int run(char **argv, char **env) { return execve(argv[0], argv, env); }
  int all(char **argv) {
    int (Runner::*how)(char **, char **) = &Runner::run;
    return (this->*how)(argv, environ);
    // CHECK: [[#@LINE-1]]: wrapper how in Runner::all: forwarded
  }
};

int calls(Runner &runner, char **argv, int (Runner::*how)(char **, char **)) {
  return (runner.*how)(argv, environ);
  // CHECK: [[#@LINE-1]]: wrapper how in calls: forwarded
}
int passes(Runner &runner, char **argv) { return calls(runner, argv, &Runner::run); }

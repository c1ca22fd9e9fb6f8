// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -std=c++20
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A virtual method that spawns: the call through the base class is a wrapper site.
#include <unistd.h>

struct Runner {
  virtual ~Runner() = default;
  virtual int run(char **argv) = 0;
};
struct Exec : Runner {
  int run(char **argv) override { return execvp(argv[0], argv); }
  // CHECK: [[#@LINE-1]]: direct execvp in Exec::run: inherited [envleak-inherited]
};

int start(Runner &runner, char **argv) {
  return runner.run(argv);
  // CHECK: [[#@LINE-1]]: wrapper run in start: inherited
}

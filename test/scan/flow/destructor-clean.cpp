// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -std=c++20
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// Within the guard's scope the environment is cleared.
#include <cstdlib>
#include <unistd.h>

class Cleared {
 public:
  Cleared() : saved_(environ) { clearenv(); }
  ~Cleared() { environ = saved_; }

 private:
  char **saved_;
};

void within(char **argv) {
  Cleared guard;
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in within: empty [none]
}

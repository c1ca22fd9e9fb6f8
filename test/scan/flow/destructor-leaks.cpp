// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -std=c++20
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A guard clears for a while; its destructor puts the environment back, and no call is written for it.
#include <cstdlib>
#include <unistd.h>

class Cleared {
 public:
  Cleared() : saved_(environ) { clearenv(); }
  ~Cleared() { environ = saved_; }

 private:
  char **saved_;
};

void after(char **argv) {
  { Cleared guard; }
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in after: {{inherited|forwarded|unknown}} [envleak-
}

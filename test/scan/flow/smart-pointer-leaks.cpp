// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -std=c++20
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A deleter puts the environment back when its pointer goes.
#include <cstdlib>
#include <memory>
#include <unistd.h>

struct Restore {
  void operator()(char ***saved) const { environ = *saved; }
};

void after(char **argv) {
  char **saved = environ;
  {
    std::unique_ptr<char **, Restore> guard(&saved);
    clearenv();
  }
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in after: {{inherited|forwarded|unknown}} [envleak-
}

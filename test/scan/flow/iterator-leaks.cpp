// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -std=c++20
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A loop over a range calls begin() and end(), which are not written either.
#include <cstdlib>
#include <unistd.h>

struct Range {
  char **array = environ;
  int *begin() {
    environ = array;
    return nullptr;
  }
  int *end() { return nullptr; }
};

void looped(char **argv) {
  Range range;
  clearenv();
  for (int each : range) static_cast<void>(each);
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in looped: {{inherited|forwarded|unknown}} [envleak-
}

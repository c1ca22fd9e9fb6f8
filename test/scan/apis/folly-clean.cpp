// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -isystem %S/headers
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A list replaces the environment.
#include <folly/Subprocess.h>

void all(const std::vector<std::string> &argv) {
  std::vector<std::string> environment{"LANG=C"};
  folly::Subprocess by_list(argv, folly::Subprocess::Options(), nullptr, &environment);
  // CHECK: [[#@LINE-1]]: direct Subprocess in all: explicit [none]
}

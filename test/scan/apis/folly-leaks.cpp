// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -isystem %S/headers
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// Without a list the child inherits.
#include <folly/Subprocess.h>

void all(const std::vector<std::string> &argv) {
  folly::Subprocess by_list(argv);
  // CHECK: [[#@LINE-1]]: direct Subprocess in all: inherited
  folly::Subprocess by_shell(std::string("ls"), folly::Subprocess::Options());
  // CHECK: [[#@LINE-1]]: direct Subprocess in all: inherited
  folly::Subprocess null(argv, folly::Subprocess::Options(), nullptr, nullptr);
  // CHECK: [[#@LINE-1]]: direct Subprocess in all: inherited
}

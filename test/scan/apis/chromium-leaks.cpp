// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -isystem %S/headers
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// The environment of the options is put on top of the parent's.
#include <base/process/launch.h>

void plain(const std::vector<std::string> &argv) {
  base::LaunchOptions options;
  base::LaunchProcess(argv, options);
  // CHECK: [[#@LINE-1]]: direct LaunchProcess in plain: inherited
}
void added(const std::vector<std::string> &argv) {
  base::LaunchOptions options;
  options.environment["LANG"] = "C";
  base::LaunchProcess(argv, options);
  // CHECK: [[#@LINE-1]]: direct LaunchProcess in added: extended
}

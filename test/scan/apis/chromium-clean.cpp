// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -isystem %S/headers
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// clear_environment leaves nothing but what is added.
#include <base/process/launch.h>

void empty(const std::vector<std::string> &argv) {
  base::LaunchOptions options;
  options.clear_environment = true;
  base::LaunchProcess(argv, options);
  // CHECK: [[#@LINE-1]]: direct LaunchProcess in empty: empty [none]
}
void own(const std::vector<std::string> &argv) {
  base::LaunchOptions options;
  options.clear_environment = true;
  options.environment["LANG"] = "C";
  base::LaunchProcess(argv, options);
  // CHECK: [[#@LINE-1]]: direct LaunchProcess in own: explicit [none]
}

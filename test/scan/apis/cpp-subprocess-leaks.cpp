// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -isystem %S/headers
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// environment{} is added to the parent's.
#include <cpp-subprocess/subprocess.hpp>

void all() {
  subprocess::Popen plain("ls -l");
  // CHECK: [[#@LINE-1]]: direct Popen in all: inherited
  subprocess::Popen added("ls -l", subprocess::environment{{{"LANG", "C"}}});
  // CHECK: [[#@LINE-1]]: direct Popen in all: extended
}

// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -isystem %S/headers
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// Variables that are given replace the environment.
#include <process.hpp>

void all() {
  TinyProcessLib::Process::environment_type environment;
  environment["LANG"] = "C";
  TinyProcessLib::Process process("ls", "", environment);
  // CHECK: [[#@LINE-1]]: direct Process in all: explicit [none]
}

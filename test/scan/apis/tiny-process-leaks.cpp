// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -isystem %S/headers
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// Without an environment the child inherits.
#include <process.hpp>

void all() {
  TinyProcessLib::Process process("ls");
  // CHECK: [[#@LINE-1]]: direct Process in all: inherited
}

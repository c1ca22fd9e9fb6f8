// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -isystem %S/headers
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// Streams to a process have no environment of their own.
#include <pstreams/pstream.h>

void all(const std::vector<std::string> &argv) {
  redi::ipstream nothing;
  redi::ipstream by_shell("ls -l");
  // CHECK: [[#@LINE-1]]: direct basic_ipstream in all: inherited
  redi::ipstream by_list("ls", argv);
  // CHECK: [[#@LINE-1]]: direct basic_ipstream in all: inherited
  nothing.open("ls -l");
  // CHECK: [[#@LINE-1]]: direct open in all: inherited
}

// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -std=c++20
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// What is thrown may pass the clearing by.
#include <cstdlib>
#include <unistd.h>

void may_throw();

void caught(char **argv) {
  try {
    may_throw();
    clearenv();
  } catch (...) {
  }
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in caught: inherited [envleak-inherited]
}

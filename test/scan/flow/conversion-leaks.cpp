// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -std=c++20
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A conversion that is not written puts the environment back.
#include <cstdlib>
#include <unistd.h>

struct Saved {
  char **array = environ;
  operator bool() const {
    environ = array;
    return true;
  }
};

void asked(char **argv) {
  Saved saved;
  clearenv();
  if (saved) execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in asked: {{inherited|forwarded|unknown}} [envleak-
}

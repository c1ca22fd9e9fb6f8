// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE -std=c++20
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// The parent's environment comes back through a reference to `environ`.
#include <stdlib.h>
#include <unistd.h>

static void put(char **&array, char **value) { array = value; }
static char **&reference() { return environ; }
struct Slot {
  char **&array;
  void set(char **value) { array = value; }
};

void given(char **argv) {
  char **old = environ;
  clearenv();
  put(environ, old);
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in given: {{forwarded|extended|unknown}} [envleak-
}

void returned(char **argv) {
  char **old = environ;
  clearenv();
  reference() = old;
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in returned: {{forwarded|extended|unknown}} [envleak-
}

void member(char **argv) {
  char **old = environ;
  clearenv();
  Slot slot{environ};
  slot.set(old);
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in member: {{forwarded|extended|unknown}} [envleak-
}

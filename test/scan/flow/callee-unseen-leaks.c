// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A function that is called may call what was not seen, which may put the environment back.
#include <stdlib.h>
#include <unistd.h>

void unseen(void);
static void helper(void) { unseen(); }
static void deeper(void) { helper(); }
static void through(void (*callback)(void)) { callback(); }

void once(char **argv) {
  clearenv();
  helper();
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in once: unknown [envleak-unknown]
}
void twice(char **argv) {
  clearenv();
  deeper();
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in twice: unknown [envleak-unknown]
}
void pointer(char **argv, void (*callback)(void)) {
  clearenv();
  through(callback);
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in pointer: unknown [envleak-unknown]
}

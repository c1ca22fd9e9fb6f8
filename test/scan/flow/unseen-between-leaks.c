// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// After the environment is cleared, a function comes to one that is not known: it may bring the parent's back.
#include <stdlib.h>
#include <unistd.h>

static void (*hook)(void);
extern void outside(void);
static void by_pointer(void) { hook(); }
static void by_declaration(int count) {
  if (count > 1) outside();
}
static void deeper(void) { by_pointer(); }
static int run(char **argv) {
  by_pointer();
  return execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in run: unknown [envleak-
}

void through_a_pointer(char **argv) {
  clearenv();
  deeper();
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in through_a_pointer: unknown [envleak-
}

void elsewhere(char **argv) {
  clearenv();
  by_declaration(2);
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in elsewhere: unknown [envleak-
}

void on_the_way(char **argv) {
  clearenv();
  run(argv);
}

// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A function called before changes the environment, but not on all its paths, or not for good.
#include <stdlib.h>
#include <unistd.h>

static void perhaps(int flag) {
  if (flag) clearenv();
}
static char **saved;
static void save(void) { saved = environ; }
static void restore(void) { environ = saved; }

void on_one_path(char **argv, int flag) {
  perhaps(flag);
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in on_one_path: inherited [envleak-inherited]
}

void for_a_while(char **argv) {
  save();
  clearenv();
  restore();
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in for_a_while: {{inherited|forwarded|unknown}} [envleak-
}

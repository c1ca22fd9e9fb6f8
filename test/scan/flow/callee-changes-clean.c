// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// XFAIL: *
// Not yet: a callee that clears on each of two paths counts as one that does on some.
// A function called before clears or replaces the environment on all its paths.
#include <stdlib.h>
#include <unistd.h>

static char *own[] = {"PATH=/bin", NULL};
static void wipe(void) { clearenv(); }
static void deeper(int flag) {
  if (flag) {
    wipe();
    return;
  }
  environ = NULL;
}
static void replace(void) { environ = own; }
static int wipe_or_give_up(void) {
  if (clearenv()) exit(1);
  return 1;
}

void cleared(char **argv, int flag) {
  deeper(flag);
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in cleared: empty [none]
}

void replaced(char **argv) {
  replace();
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in replaced: explicit [none]
}

void in_a_condition(char **argv) {
  if (wipe_or_give_up()) execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in in_a_condition: empty [none]
}

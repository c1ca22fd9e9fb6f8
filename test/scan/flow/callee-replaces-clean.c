// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A function replaces `environ` by an environment that another one made.
#include <stdlib.h>
#include <unistd.h>

static char **made(void) {
  char **own = calloc(2, sizeof *own);
  own[0] = "A=b";
  return own;
}
static void replace(void) { environ = made(); }

void replaced(char **argv) {
  replace();
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in replaced: explicit [none]
}

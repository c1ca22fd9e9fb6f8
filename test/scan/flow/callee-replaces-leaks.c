// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A function replaces `environ` by what another one made of it.
#include <stdlib.h>
#include <unistd.h>

static char **saved;
static char **whole(void) { return saved; }
static char **part(int flag) {
  static char *own[] = {"A=b", NULL};
  return flag ? own : saved;
}
static void keep(void) { saved = environ; }
static void restore(void) { environ = whole(); }
static void restore_part(int flag) { environ = part(flag); }

void all(char **argv) {
  keep();
  clearenv();
  restore();
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in all: {{forwarded|extended|unknown}} [envleak-
}

void chosen(char **argv, int flag) {
  keep();
  clearenv();
  restore_part(flag);
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in chosen: {{forwarded|extended|unknown}} [envleak-
}

// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A static array that a function returns is changed by whoever calls it.
#include <unistd.h>

static char **own(void) {
  static char *array[] = {"PATH=/bin", NULL, NULL};
  return array;
}

void change(void) {
  char **mine = own();
  mine[1] = environ[0];
}

void directly(void) { own()[1] = environ[0]; }

void use(char **argv) {
  execve("/a", argv, own());
  // CHECK: [[#@LINE-1]]: direct execve in use: {{extended|unknown}} [envleak-
}

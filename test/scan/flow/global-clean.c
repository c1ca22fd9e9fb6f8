// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A global variable that only ever holds constants.
#include <unistd.h>

static char *own[] = {"PATH=/bin", NULL};
static char *other[] = {"PATH=/usr/bin", NULL};
static char **child_env = own;
static void choose(void) { child_env = other; }

int main(int argc, char **argv) {
  if (argc > 1) choose();
  return execve("/a", argv, child_env);
  // CHECK: [[#@LINE-1]]: direct execve in main: explicit [none]
}

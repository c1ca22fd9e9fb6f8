// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A global variable that holds the environment on one path.
#include <unistd.h>

static char *own[] = {"PATH=/bin", NULL};
static char **child_env = own;
static void keep_all(void) { child_env = environ; }

int main(int argc, char **argv) {
  if (argc > 1) keep_all();
  return execve("/a", argv, child_env);
  // CHECK: [[#@LINE-1]]: direct execve in main: forwarded [envleak-forwarded]
}

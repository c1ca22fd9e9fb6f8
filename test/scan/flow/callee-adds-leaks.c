// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A function called before adds a variable to what the child inherits.
#include <stdlib.h>
#include <unistd.h>

static void announce(void) { setenv("APP_MODE", "worker", 1); }

void added(char **argv) {
  announce();
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in added: extended [envleak-extended]{{.*}}APP_MODE
}

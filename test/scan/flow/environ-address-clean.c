// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A helper that clears through a pointer to `environ`.
#include <stdlib.h>
#include <unistd.h>

static void drop(char ***array) { *array = NULL; }

void by_address(char **argv) {
  drop(&environ);
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in by_address: empty [none]
}

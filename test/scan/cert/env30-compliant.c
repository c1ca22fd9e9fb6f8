// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// SEI CERT ENV30: a copy is changed.
#include <stdlib.h>
#include <string.h>

char *plain_names(void) {
  const char *names = getenv("TEST_NAMES");
  // CHECK: [[#@LINE-1]]: read getenv in plain_names: TEST_NAMES
  char *copy = names == NULL ? NULL : strdup(names);
  for (char *at = copy; at != NULL && *at != '\0'; ++at)
    if (*at == '-') *at = '_';
  return copy;
}
// CHECK-NOT: write
// CHECK-NOT: [envleak-

// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// SEI CERT ENV30: a copy is changed and put back by setenv: a write by name.
#include <stdlib.h>
#include <string.h>

int make_names_plain(void) {
  const char *names = getenv("TEST_NAMES");
  char *copy = names == NULL ? NULL : strdup(names);
  if (copy == NULL) return -1;
  for (char *at = copy; *at != '\0'; ++at)
    if (*at == '-') *at = '_';
  return setenv("TEST_NAMES", copy, 1);
  // CHECK: [[#@LINE-1]]: write set setenv in make_names_plain: TEST_NAMES
}
// CHECK-NOT: [envleak-

// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// SEI CERT ENV34: each value is copied before the next is asked for.
#include <stdlib.h>
#include <string.h>

static char *copy_of(const char *name) {
  const char *value = getenv(name);
  return value == NULL ? NULL : strdup(value);
}

int same_folder(void) {
  char *first = copy_of("TMPDIR"), *second = copy_of("TEMPDIR");
  int same = first != NULL && second != NULL && strcmp(first, second) == 0;
  free(first);
  free(second);
  return same;
}
// CHECK: read getenv in copy_of
// CHECK-NOT: [envleak-

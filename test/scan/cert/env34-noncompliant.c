// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// SEI CERT ENV34: a second getenv may overwrite what the first one points to. Both reads are listed.
#include <stdlib.h>
#include <string.h>

int same_folder(void) {
  const char *first = getenv("TMPDIR");
  const char *second = getenv("TEMPDIR");
  // CHECK: [[#@LINE-2]]: read getenv in same_folder: TMPDIR
  // CHECK: [[#@LINE-2]]: read getenv in same_folder: TEMPDIR
  return first != NULL && second != NULL && strcmp(first, second) == 0;
}
// CHECK-NOT: [envleak-

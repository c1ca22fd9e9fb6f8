// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// SEI CERT ENV01: memory for the value as long as it is.
#include <stdlib.h>
#include <string.h>

char *kept_home(void) {
  const char *value = getenv("HOME");
  // CHECK: [[#@LINE-1]]: read getenv in kept_home: HOME
  if (value == NULL) return NULL;
  char *home = malloc(strlen(value) + 1);
  return home == NULL ? NULL : strcpy(home, value);
}
// CHECK-NOT: [envleak-

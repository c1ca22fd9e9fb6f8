// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// SEI CERT ENV01: a fixed buffer for a value of any length. Not a spawn: the read is listed, nothing is raised.
#include <stdlib.h>
#include <string.h>

void keep_home(void) {
  char home[64];
  const char *value = getenv("HOME");
  // CHECK: [[#@LINE-1]]: read getenv in keep_home: HOME
  if (value != NULL) strcpy(home, value);
}
// CHECK-NOT: [envleak-

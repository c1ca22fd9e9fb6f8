// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// SEI CERT ENV31: `environ` is walked: a read of the whole environment.
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(void) {
  if (setenv("REPORT_FORMAT", "plain", 1) != 0) return 1;
  for (char **at = environ; at != NULL && *at != NULL; ++at) puts(*at);
  // CHECK: [[#@LINE-1]]: read environ in main: None
  // CHECK: [[#@LINE-3]]: write set setenv in main: REPORT_FORMAT
  return 0;
}
// CHECK-NOT: [envleak-

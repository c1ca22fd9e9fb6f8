// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// SEI CERT ENV02: names that differ in more than case.
#include <stdio.h>
#include <stdlib.h>

int main(void) {
  if (putenv("LINK_MODE=debug") != 0) return 1;
  if (putenv("BUILD_MODE=release") != 0) return 1;
  const char *mode = getenv("BUILD_MODE");
  return mode == NULL || puts(mode) < 0;
}
// CHECK: [[#@LINE-3]]: read getenv in main: BUILD_MODE
// CHECK: [[#@LINE-6]]: write put putenv in main: LINK_MODE
// CHECK: [[#@LINE-6]]: write put putenv in main: BUILD_MODE
// CHECK-NOT: [envleak-

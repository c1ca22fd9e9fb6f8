// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// SEI CERT ENV32: exit handlers that return; what one of them starts inherits as from anywhere else.
#include <stdlib.h>

static int again;
static void returns(void) {
  if (again == 0) again = 1;
}
static void cleans_up(void) { system("rm -rf /var/tmp/work"); }
// CHECK: [[#@LINE-1]]: direct system in cleans_up: inherited [envleak-inherited]

int main(void) { return atexit(returns) != 0 || atexit(cleans_up) != 0; }

// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// SEI CERT ENV32: an exit handler that ends the process, one that jumps out. No environment is handed on.
#include <setjmp.h>
#include <stdlib.h>

static jmp_buf back;
static int again;
static void ends(void) {
  if (again == 0) exit(0);
}
static void jumps(void) { longjmp(back, 1); }

int main(void) {
  if (atexit(ends) != 0 || atexit(jumps) != 0) return 1;
  if (setjmp(back) == 0) exit(0);
  return 0;
}
// CHECK: env32-noncompliant.c: complete
// CHECK-NOT: [envleak-

// Writes have their call site; calls that libc refuses, and a setenv that keeps the old value, are none.
//
// RUN: %cc -g -o %t %s
// RUN: env OLD=x %envleak record --values -o %t.trace -- %t
// RUN: %python %S/Inputs/dump_trace.py %t.trace | %FileCheck %s
//
// CHECK: environment received {{.*}}OLD=[[OLD:h[0-9]+]]:x
// CHECK: write setenv NEW [[OLD]] site=writes.c.tmp
// CHECK: write setenv OLD h
// CHECK-NEXT: write putenv PUT [[OLD]] site=writes.c.tmp
// CHECK-NEXT: write putenv OLD - site
// CHECK-NEXT: write unsetenv NEW - site
// CHECK-NEXT: write clearenv  - site
// CHECK: exit 0
#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>
#include <string.h>

int main(void) {
  static char put[] = "PUT=x", remove_old[] = "OLD";
  if (setenv("NEW", "x", 1) || setenv("NEW", "y", 0) || strcmp(getenv("NEW"), "x")) return 1;
  if (setenv("OLD", "y", 1)) return 2;
  errno = 0;
  if (setenv("A=B", "x", 1) != -1 || errno != EINVAL) return 3;
  if (unsetenv("") != -1 || errno != EINVAL) return 4;
  if (putenv(put) || putenv(remove_old)) return 5;
  if (unsetenv("NEW") || clearenv()) return 6;
  return 0;
}

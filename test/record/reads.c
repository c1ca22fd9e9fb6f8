// Reads are counted once per name and place, with hit or miss and the calling module.
//
// RUN: %cc -g -o %t %s
// RUN: env PRESENT=x EMPTY= %envleak record -o %t.trace -- %t
// RUN: %python %S/Inputs/dump_trace.py %t.trace | %FileCheck %s
//
// CHECK: module {{.*}}/reads.c.tmp build_id=
// CHECK: read getenv PRESENT set=1 count=3 site=reads.c.tmp
// CHECK: read getenv ABSENT set=0 count=1 site=reads.c.tmp
// CHECK: read getenv EMPTY set=1 count=1 site=reads.c.tmp
// CHECK: read getenv PRESENT set=1 count=1 site=reads.c.tmp
// CHECK: read secure_getenv PRESENT set=1 count=1 site=reads.c.tmp
// CHECK: read getenv {{ *}}set=0 count=1
// CHECK: exit 0
#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>

int main(void) {
  for (int i = 0; i < 3; ++i)
    if (strcmp(getenv("PRESENT"), "x") != 0) return 1;
  if (getenv("ABSENT")) return 2;
  if (strcmp(getenv("EMPTY"), "") != 0) return 3;
  if (!getenv("PRESENT")) return 4;
  if (!secure_getenv("PRESENT")) return 5;
  if (getenv("")) return 6;
  return 0;
}

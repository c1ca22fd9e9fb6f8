// UNSUPPORTED: sanitized
// A read in a constructor of another library, and one in the program's own, are seen.
//
// RUN: %cc -shared -fPIC -DLIBRARY -o %t.so %s && %cc -o %t %s %t.so
// RUN: %envleak record -o %t.trace -- %t && %python %S/Inputs/dump_trace.py %t.trace | %FileCheck %s
// RUN: env LD_PRELOAD=%t.so %envleak record -o %t.trace -- %t && %python %S/Inputs/dump_trace.py %t.trace | %FileCheck %s
//
// CHECK: hello
// CHECK-NEXT: environment received
// CHECK: read secure_getenv IN_LIBRARY set=0 count=1 site=early-read.c.tmp.so
// CHECK: read getenv IN_PROGRAM set=0 count=1 site=early-read.c.tmp
#define _GNU_SOURCE
#include <stdlib.h>

#ifdef LIBRARY
__attribute__((constructor)) static void construct(void) { secure_getenv("IN_LIBRARY"); }
void needed(void) {}
#else
void needed(void);
__attribute__((constructor)) static void construct(void) { getenv("IN_PROGRAM"); }
int main(void) {
  needed();
  return 0;
}
#endif

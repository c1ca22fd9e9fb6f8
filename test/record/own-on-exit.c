// A program's own on_exit, as clang's ThreadSanitizer brings one along, is not called before the program has begun.
//
// RUN: %cc -rdynamic -o %t %s
// RUN: %status 3 %envleak record -o %t.trace -- %t
// RUN: %python %S/Inputs/dump_trace.py %t.trace | %FileCheck %s
// CHECK: read getenv SEEN set=0
// CHECK: exit 3
#include <stdlib.h>

static int begun;

int on_exit(void (*function)(int, void*), void* argument) {
  if (!begun) abort();
  return function == NULL && argument == NULL;
}

int main(void) {
  begun = 1;
  return getenv("SEEN") ? 1 : 3;
}

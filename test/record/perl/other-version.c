// REQUIRES: perl-adapter
// A program with an interpreter that is none of the adapter's: it says so and does nothing.
//
// RUN: %cc -rdynamic -o %t %s
// RUN: %envleak record -o %t.trace -- %t | %FileCheck %s
// RUN: %python %S/../Inputs/dump_trace.py %t.trace | %FileCheck %s --check-prefix=TRACE
// CHECK: went on
// TRACE: note adapter-version: this Perl is not 5.36
// TRACE-NOT: adapter Perl
#include <stdio.h>

void* Perl_mess(void) { return NULL; }

int main(void) {
  puts("went on");
  return 0;
}

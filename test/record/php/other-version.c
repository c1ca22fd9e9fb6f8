// REQUIRES: php
// An interpreter that is not the one the adapter was made for is left alone, and its image stays what it is without one.
//
// RUN: %cc -rdynamic -o %t %s
// RUN: env N1=one %envleak record -o %t.trace -- %t | %FileCheck %s --check-prefix=OUT
// OUT: one
// RUN: %python %S/../Inputs/dump_trace.py %t.trace | grep -E ' (adapter|note|touched|exit) ?' | %FileCheck %s
// CHECK-NOT: covers=1
// CHECK: note adapter: the adapter of its language could not be loaded
// CHECK-NOT: covers=1
// CHECK: exit 0
#include <stdio.h>
#include <stdlib.h>

unsigned zend_get_executed_lineno(void) { return 1; }

int main(void) { return puts(getenv("N1")) < 0; }

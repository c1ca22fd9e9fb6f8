// A program built with gcc's AddressSanitizer aborts unless its runtime comes first: it does.
//
// RUN: %cc -fsanitize=address -o %t %s || %cc -DPLAIN -o %t %s
// RUN: %envleak record -o %t.trace -- sh -c %t && %envleak record -o %t.trace2 -- %t
// RUN: %python %S/Inputs/dump_trace.py %t.trace | %FileCheck %s
// RUN: %python %S/Inputs/dump_trace.py %t.trace2 | %FileCheck %s
//
// CHECK: hello {{.*}}sanitized.c.tmp
// CHECK: read getenv SEEN set=0 count=1 site=sanitized.c.tmp
#include <stdlib.h>

int main(void) { return getenv("SEEN") != NULL || getenv("LD_PRELOAD") != NULL; }

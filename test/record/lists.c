// ldd(1) asks the loader to list libraries: the probe is not among them, and the process says why it was not observed.
// UNSUPPORTED: sanitized
//
// RUN: %cc -o %t %s
// RUN: env LD_TRACE_LOADED_OBJECTS=1 %t > %t.native
// RUN: %envleak record -o %t.trace -- sh -c "LD_TRACE_LOADED_OBJECTS=1 %t; true" > %t.recorded
// RUN: sed 's/ (0x.*//' %t.native > %t.expected && sed 's/ (0x.*//' %t.recorded | diff %t.expected -
// RUN: %envleak check --trace %t.trace | %FileCheck %s
// CHECK: lists.c.tmp {{.*}}blind
// CHECK: not-run{{.*}}: the loader was asked to list
int main(void) { return 0; }

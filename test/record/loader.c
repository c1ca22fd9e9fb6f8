// The loader's own variables are looked at in every program; they do not keep a last look from being exact.
// UNSUPPORTED: sanitized
//
// RUN: %cc -o %t %s
// RUN: env -i A=1 LD_LIBRARY_PATH=/nonexistent GLIBC_TUNABLES= %envleak record -o %t.trace -- %t
// RUN: %envleak check --trace %t.trace | %FileCheck %s
// CHECK: p1 {{.*}}loader.c.tmp (pid {{[0-9]+}}), exit 0{{$}}
// CHECK: read 2 ambient variables
//
// Others of that form are not told from them where the values are.
// RUN: env -i A=1 LD_OF_MINE=1 %envleak record -o %t.trace -- %t
// RUN: %envleak check --trace %t.trace | %FileCheck %s --check-prefix=OTHER
// OTHER: p1 {{.*}}loader.c.tmp {{.*}}partial
// OTHER-NEXT: from outside: A and LD_OF_MINE
// OTHER: no-last-look, 1 process
int main(void) { return 0; }

// A limit on the size of files (ulimit -f) ends neither the recorder nor a program, whose values in memory count as a file.
// The trace is as large as the limit allows.
//
// RUN: %cc -o %t %s && rm -f %t.trace*
// RUN: env -i A=1 B=2 sh -c 'ulimit -f 2048; exec %t' > %t.native && %FileCheck %s --check-prefix=NATIVE < %t.native
// NATIVE: signalled 25
// RUN: env -i A=1 B=2 sh -c 'ulimit -f 2048; exec %envleak record -o %t.trace -- %t' > %t.recorded
// RUN: cmp %t.native %t.recorded
// RUN: %python %S/Inputs/dump_trace.py %t.trace | %FileCheck %s
// CHECK: read getenv A set=1
// CHECK: touched all=0 exact=1
//
// Set by a program later on, to less than the values need:
// RUN: %envleak record -o %t.trace -- sh -c 'ulimit -f 100; exec %t' > %t.recorded && cmp %t.native %t.recorded
// RUN: %envleak check --trace %t.trace | %FileCheck %s --check-prefix=TOLD
// TOLD: {{(no-last-look|environ-walk)}}
//
// Too small for any trace: said; nothing is left of it, and nothing is run.
// RUN: rm -f %t.none* && sh -c 'ulimit -f 8; exec %status 125 %envleak record -o %t.none -- %t' > %t.out 2> %t.err
// RUN: %FileCheck %s --check-prefix=SMALL < %t.err && test ! -s %t.out && test -z "$(ls %t.none* 2> /dev/null)"
// SMALL: cannot write the trace '{{.*}}none': the limit on the size of files (ulimit -f) is below 64 KiB
// RUN: test -z "$(ls %t.trace.new* 2> /dev/null)"
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
  getenv("A");
  const int child = fork();
  if (child == 0) _exit(ftruncate(memfd_create("x", 0), 1L << 30) == 0);
  int status;
  waitpid(child, &status, 0);
  printf("signalled %d\n", WTERMSIG(status));
  return 0;
}

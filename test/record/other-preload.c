// UNSUPPORTED: sanitized
// A preload of the user's own stays: it is loaded, in the program's own environment as it was, and handed on.
//
// RUN: %cc -shared -fPIC -DLIBRARY -o %t.so %s && %cc -o %t %s
// RUN: env LD_PRELOAD=%t.so %envleak record -o %t.trace -- %t 2> /dev/null | sed 's,=.*/,=,' | %FileCheck %s
// RUN: %python %S/Inputs/dump_trace.py %t.trace | %FileCheck %s --check-prefix=TRACE
//
// CHECK: LD_PRELOAD=other-preload.c.tmp.so
// CHECK: loaded 1
// CHECK: LD_PRELOAD=other-preload.c.tmp.so
// CHECK: loaded 1
// CHECK: handle 0
// TRACE: hello spawn=1
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>
#ifdef LIBRARY
int loadedByPreload = 1;
#else
extern int loadedByPreload __attribute__((weak));
extern char** environ;

int main(int argc, char** argv) {
  printf("LD_PRELOAD=%s\n", getenv("LD_PRELOAD"));
  printf("loaded %d\n", &loadedByPreload != NULL);
  fflush(stdout);
  if (argc == 1) execl("/proc/self/exe", argv[0], "again", NULL);
  printf("handle %d\n", getenv("ENVLEAK_TRACE") != NULL);
  return 0;
}
#endif

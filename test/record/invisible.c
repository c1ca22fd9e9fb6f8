// The program sees the environment that it would see without the probe: in main's third argument, in environ, by name,
// and in the walk from argv to the auxiliary vector that runtimes of other languages take.
//
// RUN: %cc -o %t %s
// RUN: env -i A=1 LD_BIND_NOW= B=2 %t > %t.native
// RUN: env -i A=1 LD_BIND_NOW= B=2 %envleak record -o %t.trace -- %t > %t.recorded
// RUN: cmp %t.native %t.recorded
// RUN: env -i A=1 %t > %t.native && env -i A=1 %envleak record -o %t.trace -- %t > %t.recorded
// RUN: cmp %t.native %t.recorded
// RUN: env -i %t > %t.native && env -i %envleak record -o %t.trace -- %t > %t.recorded
// RUN: cmp %t.native %t.recorded && %FileCheck %s < %t.recorded
// RUN: env -i A=1 sh -c 'env' > %t.native && env -i A=1 %envleak record -o %t.trace -- sh -c 'env' > %t.recorded
// RUN: cmp %t.native %t.recorded
//
// CHECK: page size 4096
#define _GNU_SOURCE
#include <elf.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/auxv.h>

extern char** environ;

int main(int argc, char** argv, char** envp) {
  char** entry = argv + argc + 1;
  printf("one array %d\n", entry == envp && environ == envp);
  for (; *entry; ++entry) puts(*entry);
  Elf64_auxv_t* auxiliary = (Elf64_auxv_t*)(entry + 1);
  for (; auxiliary->a_type != AT_NULL; ++auxiliary)
    if (auxiliary->a_type == AT_PAGESZ) printf("page size %lu\n", (unsigned long)auxiliary->a_un.a_val);
  printf("vdso %d\n", getauxval(AT_SYSINFO_EHDR) != 0);
  printf("%d %d\n", getenv("LD_PRELOAD") != NULL, getenv("ENVLEAK_TRACE") != NULL);
  return 0;
}

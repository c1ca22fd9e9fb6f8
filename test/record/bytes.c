// Environments and arguments are byte strings: bytes that are no text, entries without '=', empty names and
// duplicates arrive in their order, and are recorded as they are.
//
// RUN: %cc -o %t %s
// RUN: %t > %t.native && %envleak record -o %t.trace -- %t > %t.recorded && cmp %t.native %t.recorded
// RUN: %python %S/Inputs/dump_trace.py %t.trace | %FileCheck %s
//
// CHECK: spawn execve id=1 {{.*}} 'a\xff' ''] path
// CHECK: environment passed spawn=1 n=7 {TWICE=[[ONE:h[0-9]+]] N\xfeME=[[BYTES:h[0-9]+]] no-equals TWICE=[[TWO:h[0-9]+]] =h{{[0-9]+}}  EMPTY=h{{[0-9]+}}}
// CHECK: hello spawn=1 {{.*}} 'a\xff' '']
// CHECK: environment received spawn=0 n=7 {TWICE=[[ONE]] N\xfeME=[[BYTES]] no-equals TWICE=[[TWO]] =h{{[0-9]+}}  EMPTY=h{{[0-9]+}}}
#include <stdio.h>
#include <unistd.h>

int main(int argc, char** argv, char** envp) {
  char* arguments[] = {argv[0], "a\xff", "", NULL};
  char* environment[] = {"TWICE=1", "N\xfeME=v\xff", "no-equals", "TWICE=2", "=odd", "", "EMPTY=", NULL};
  if (argc == 1) return execve("/proc/self/exe", arguments, environment);
  for (int i = 0; i < argc; ++i) printf("<%s>\n", argv[i]);
  for (char** entry = envp; *entry; ++entry) printf("[%s]\n", *entry);
  return 0;
}

// The calls of a program have their line also where gaps lie between its segments, as the linker leaves them in some.
//
// RUN: %cc -g -Wl,-z,separate-code,-z,max-page-size=0x200000 -o %t %s
// RUN: %cc -g -Wl,-z,separate-code,-z,max-page-size=0x200000 -no-pie -o %t.fixed %s
// RUN: %cc -g -o %t.dense %s
// RUN: %envleak record -o %t.trace -- %t && %envleak check --trace %t.trace | %FileCheck %s
// RUN: %envleak record -o %t.trace -- %t.fixed && %envleak check --trace %t.trace | %FileCheck %s
// RUN: %envleak record -o %t.trace -- %t.dense && %envleak check --trace %t.trace | %FileCheck %s
// RUN: %envleak record -o %t.trace -- %t && %python %S/Inputs/dump_trace.py %t.trace | %FileCheck %s --check-prefix=READ
//
// READ: module {{.*}}/gaps.c.tmp build_id={{[0-9a-f]+}}
// READ: read getenv ASKED set=0 count=1 site=gaps.c.tmp
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>

extern char** environ;

int main(void) {
  if (getenv("ASKED") != NULL) return 2;
  char* arguments[] = {"true", NULL};
  // CHECK: true {{.*}}exit 0
  // CHECK-NEXT: started by posix_spawn at {{.*}}gaps.c:[[@LINE+1]] in main()
  if (posix_spawn(NULL, "/bin/true", NULL, NULL, arguments, environ) != 0) return 1;
  return wait(NULL) < 0;
}

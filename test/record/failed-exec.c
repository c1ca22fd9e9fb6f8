// A spawn that fails is recorded with its errno; it has no child and is no blind spot.
//
// RUN: %cc -o %t %s
// RUN: %envleak record -o %t.trace -- %t
// RUN: %python %S/Inputs/dump_trace.py %t.trace | %FileCheck %s
//
// CHECK: spawn execv id=1 {{.*}}'/no/such/program'
// CHECK-NEXT: spawn_result id=1 error=2 child=-
// CHECK-NEXT: spawn execvp id=2
// CHECK-NEXT: read getenv PATH
// CHECK-NEXT: spawn_result id=2 error=2 child=-
// CHECK-NEXT: spawn posix_spawn id=3
// CHECK-NEXT: spawn_result id=3 error=2 child=-
// CHECK-NOT: blind
// CHECK: end
#include <spawn.h>
#include <unistd.h>

int main(void) {
  char* arguments[] = {"x", NULL};
  pid_t pid;
  execv("/no/such/program", arguments);
  execvp("no-such-program-in-path", arguments);
  posix_spawn(&pid, "/no/such/program", NULL, NULL, arguments, arguments);
  return 0;
}

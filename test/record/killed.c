// What was published before SIGKILL is in the trace.
//
// RUN: %cc -o %t %s
// RUN: %status 0 %envleak record -o %t.trace -- %t
// RUN: %python %S/Inputs/dump_trace.py %t.trace | %FileCheck %s
//
// CHECK: P3 fork parent=P2
// CHECK: P3 read getenv BEFORE_DEATH set=0 count=2
// CHECK-NOT: P3 exit
// CHECK: P2 exit 0
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
  const int pid = fork();
  if (pid == 0) {
    for (int i = 0; i < 2; ++i) getenv("BEFORE_DEATH");
    kill(getpid(), SIGKILL);
  }
  int status;
  waitpid(pid, &status, 0);
  return !WIFSIGNALED(status);
}

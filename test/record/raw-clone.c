// A fork that no hook sees is noticed at the child's first event, too late to tell what environment it began with; a
// vfork child does not end its parent's record.
//
// RUN: %cc -o %t %s
// RUN: %envleak record -o %t.trace -- %t && %python %S/Inputs/dump_trace.py %t.trace | %FileCheck %s
//
// CHECK: P2 read getenv PARENT set=0 count=2
// CHECK: P3 fork parent=P2
// CHECK-NOT: P3 environment at_fork
// CHECK: P3 read getenv PARENT set=0 count=1
// CHECK: P3 exit 4
// CHECK-NOT: exit 5
// CHECK: P2 exit 0
#define _GNU_SOURCE
#include <signal.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static void read_it(void) { getenv("PARENT"); }

int main(void) {
  read_it();
  long pid;
  __asm__ volatile("syscall" : "=a"(pid) : "a"((long)SYS_clone), "D"((long)SIGCHLD), "S"(0L), "d"(0L)
                   : "rcx", "r11", "r8", "r9", "r10", "memory");
  if (pid == 0) {
    read_it();
    _exit(4);
  }
  int status;
  waitpid((pid_t)pid, &status, 0);
  const int child = vfork();
  if (child == 0) _exit(5);
  waitpid(child, &status, 0);
  read_it();
  return 0;
}

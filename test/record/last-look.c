// What a program looked at is told as its own: before a sandbox shuts, when it ends by the raw system call, and when a
// program that cannot be observed takes its place.
// UNSUPPORTED: sanitized
//
// RUN: %cc -o %t %s && %cc -static -DSTATIC -o %t.static %s
// RUN: env -i N1=1 N2=2 N3=3 %status 7 %envleak record -o %t.trace -- %t exit
// RUN: %python %S/Inputs/dump_trace.py %t.trace | %FileCheck %s --check-prefix=RAW
// RAW: P2 touched all=0 exact=1 'N1'{{$}}
// RAW: P2 exit 7
//
// RUN: env -i N1=1 N2=2 N3=3 %envleak record -o %t.trace -- %t filter
// RUN: %python %S/Inputs/dump_trace.py %t.trace | %FileCheck %s --check-prefix=FILTER
// RUN: %envleak check --trace %t.trace | %FileCheck %s --check-prefix=PARTIAL
// FILTER: P2 touched all=0 exact=0 'N1'{{$}}
// FILTER-NOT: touched
// PARTIAL: p1 {{.*}}partial
//
// RUN: env -i N1=1 N2=2 N3=3 %envleak record -o %t.trace -- %t exec %t.static
// RUN: %envleak check --trace %t.trace | %FileCheck %s --check-prefix=EXEC
// EXEC: p1 {{.*}}last-look.c.tmp (pid {{[0-9]+}}){{$}}
// EXEC: looked at N1
// EXEC: p2 {{.*}}last-look.c.tmp.static {{.*}}blind
// EXEC-NOT: looked at
// EXEC: Not seen
#define _GNU_SOURCE
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

static volatile char sink;

int main(int argc, char** argv, char** envp) {
#ifdef STATIC
  return 0;
#endif
  struct sock_filter allow = {BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW};
  struct sock_fprog program = {1, &allow};
  sink = envp[0][3];
  if (!strcmp(argv[1], "exit")) syscall(SYS_exit_group, 7);
  if (!strcmp(argv[1], "exec")) return execv(argv[2], argv + 2);
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program)) return 1;
  sink = envp[1][3];
  return argc == 0;
}

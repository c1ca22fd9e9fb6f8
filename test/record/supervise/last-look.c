// However a process ends, what it had looked at until then is known: nothing of it runs at its end, so the recorder asks.
// UNSUPPORTED: sanitized
//
// REQUIRES: ptrace
// RUN: %cc -o %t %s
// RUN: env -i N1=1 N2=2 N3=3 %status 137 %envleak record --supervise -o %t.trace -- %t kill
// RUN: %python %S/../Inputs/dump_trace.py %t.trace | %FileCheck %s --check-prefix=KILL
// RUN: %envleak check --trace %t.trace | %FileCheck %s --check-prefix=FULL
// KILL: P2* touched all=0 exact=1 'N1'{{$}}
// KILL: P2* exit signal 9
// FULL: p1 {{.*}}last-look.c.tmp (pid {{[0-9]+}}), {{(exit|signal) [0-9]+$}}
// FULL-NOT: Not seen
//
// Without it, that is not known:
// RUN: env -i N1=1 N2=2 N3=3 %status 137 %envleak record -o %t.trace -- %t kill
// RUN: %envleak check --trace %t.trace | %FileCheck %s --check-prefix=WITHOUT
// WITHOUT: no-last-look
//
// RUN: env -i N1=1 N2=2 N3=3 %status 139 %envleak record --supervise -o %t.trace -- %t crash
// RUN: %python %S/../Inputs/dump_trace.py %t.trace | %FileCheck %s --check-prefix=CRASH
// CRASH: P2* touched all=0 exact=1 'N1'{{$}}
// CRASH: P2* exit signal 11
//
// RUN: env -i N1=1 N2=2 N3=3 %status 3 %envleak record --supervise -o %t.trace -- %t quick
// RUN: %python %S/../Inputs/dump_trace.py %t.trace | %FileCheck %s --check-prefix=QUICK
// RUN: %envleak check --trace %t.trace | %FileCheck %s --check-prefix=FULL
// QUICK: P2* touched all=0 exact=1 'N1'{{$}}
// QUICK: P2* exit 3
//
// RUN: env -i N1=1 N2=2 N3=3 %status 5 %envleak record --supervise -o %t.trace -- %t raw
// RUN: %python %S/../Inputs/dump_trace.py %t.trace | %FileCheck %s --check-prefix=RAW
// RUN: %envleak check --trace %t.trace | %FileCheck %s --check-prefix=FULL
// RAW: P2* touched all=0 exact=1 'N1'{{$}}
// RAW: P2* exit 5
//
// A seccomp filter keeps the probe from asking, not the recorder:
// RUN: env -i N1=1 N2=2 N3=3 %envleak record --supervise -o %t.trace -- %t filter
// RUN: %python %S/../Inputs/dump_trace.py %t.trace | %FileCheck %s --check-prefix=FILTER
// RUN: %envleak check --trace %t.trace | %FileCheck %s --check-prefix=FULL
// FILTER: P2* touched all=0 exact=1 'N1' 'N2'{{$}}
//
// Of the last thread, where the first one ended before:
// RUN: env -i N1=1 N2=2 N3=3 %status 0 %envleak record --supervise -o %t.trace -- %t thread
// RUN: %python %S/../Inputs/dump_trace.py %t.trace | %FileCheck %s --check-prefix=THREAD
// THREAD: P2* touched all=0 exact=1 'N1' 'N2'{{$}}
// THREAD: P2* exit 0
//
// A forked child tells what it looked at itself, also where its memory is its parent's to begin with (a value that was
// written to); no hook sees that fork:
// RUN: env -i N1=1 N2=2 N3=3 %envleak record --supervise -o %t.trace -- %t fork
// RUN: %python %S/../Inputs/dump_trace.py %t.trace | %FileCheck %s --check-prefix=FORK
// RUN: %envleak check --trace %t.trace | %FileCheck %s --check-prefix=FULL
// FORK: P3* fork parent=P2
// FORK: P3* touched all=0 exact=1 'N2'{{$}}
// FORK: P3* exit 5
// FORK: P2* touched all=0 exact=1 'N1'{{$}}
//
// A vfork child looks with its parent's eyes, and has no end of its own:
// RUN: env -i N1=1 N2=2 N3=3 %status 137 %envleak record --supervise -o %t.trace -- %t vfork
// RUN: %python %S/../Inputs/dump_trace.py %t.trace | %FileCheck %s --check-prefix=VFORK
// RUN: %envleak check --trace %t.trace | %FileCheck %s --check-prefix=FULL
// VFORK-NOT: fork parent
// VFORK: P2* touched all=0 exact=1 'N1' 'N2'{{$}}
#define _GNU_SOURCE
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static char** entries;
static volatile char sink;

static void end(long status) { __asm__ volatile("syscall" : : "a"((long)SYS_exit_group), "D"(status)); }

static void* other(void* unused) {
  usleep(100000);
  sink = entries[1][3];
  return unused;
}

int main(int argc, char** argv, char** envp) {
  entries = envp;
  sink = envp[0][3];
  if (!strcmp(argv[1], "kill")) kill(getpid(), SIGKILL);
  if (!strcmp(argv[1], "crash")) *(volatile int*)(long)sink = 1;
  if (!strcmp(argv[1], "quick")) quick_exit(3);
  if (!strcmp(argv[1], "raw")) end(5);
  if (!strcmp(argv[1], "filter")) {
    struct sock_filter allow = {BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW};
    struct sock_fprog program = {1, &allow};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program)) return 1;
    sink = envp[1][3];
  }
  if (!strcmp(argv[1], "thread")) {
    pthread_t thread;
    pthread_create(&thread, NULL, other, NULL);
    pthread_exit(NULL);
  }
  if (!strcmp(argv[1], "fork")) {
    envp[0][3] = '4';
    const long child = syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
    if (child == 0) {
      sink = envp[1][3];
      end(5);
    }
    waitpid((pid_t)child, NULL, 0);
  }
  if (!strcmp(argv[1], "vfork")) {
    const int child = vfork();
    if (child == 0) {
      sink = envp[1][3];
      _exit(1);
    }
    waitpid(child, NULL, 0);
    kill(getpid(), SIGKILL);
  }
  return argc == 0;
}

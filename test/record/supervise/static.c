// Programs that a static one starts are named, with what they received. Where the probe can be there, it is.
// UNSUPPORTED: sanitized
//
// REQUIRES: ptrace
// RUN: %cc -o %t %s && %cc -static -o %t.static %s
// RUN: env -i N1=1 N2=2 %status 4 %envleak record --supervise -o %t.trace -- %t %t.static fork %t
// RUN: %envleak check --trace %t.trace | %FileCheck %s
// CHECK: envleak: 3 processes, 2 spawns
// CHECK: p1 {{.*}}static.c.tmp (pid {{[0-9]+}}){{$}}
// CHECK: p2 {{.*}}static.c.tmp.static (pid {{[0-9]+}}), exit 4, blind
// CHECK-NEXT: started by execv at {{.*}}static.c
// CHECK-NEXT: crossed: N1 and N2
// CHECK-NEXT: p3 {{.*}}static.c.tmp (pid {{[0-9]+}}), exit 3{{$}}
// CHECK-NEXT: started by unknown
// CHECK-NEXT: crossed: N1 and N2
// CHECK-NEXT: added: BY_STATIC
// CHECK-NEXT: read N2
// CHECK: static, 1 process
// CHECK: unseen-spawn, 1 process
// CHECK-NOT: unattributed
//
// As the command itself, by vfork, and by an exec without a fork:
// RUN: env -i N1=1 N2=2 %status 4 %envleak record --supervise -o %t.trace -- %t.static vfork %t.static exec %t
// RUN: %envleak check --trace %t.trace | %FileCheck %s --check-prefix=ITSELF
// ITSELF: envleak: 3 processes, 2 spawns
// ITSELF: p1 {{.*}}static.c.tmp.static (pid {{[0-9]+}}), exit 4, blind
// ITSELF-NEXT: from outside: N1 and N2
// ITSELF-NEXT: p2 {{.*}}static.c.tmp.static (pid [[PID:[0-9]+]]), blind
// ITSELF-NEXT: started by unknown
// ITSELF-NEXT: crossed: N1 and N2
// ITSELF-NEXT: added: BY_STATIC
// ITSELF-NEXT: p3 {{.*}}static.c.tmp (pid [[PID]]), exit 3{{$}}
//
// An execve that passes by libc, in a program that is observed:
// RUN: env -i N1=1 N2=2 %status 3 %envleak record --supervise -o %t.trace -- %t raw %t
// RUN: %envleak check --trace %t.trace | %FileCheck %s --check-prefix=RAW
// RAW: envleak: 2 processes, 1 spawn
// RAW: p2 {{.*}}static.c.tmp (pid {{[0-9]+}}), exit 3{{$}}
// RAW-NEXT: started by unknown
// RAW-NEXT: crossed: N1 and N2
// RAW-NEXT: read N2
// RAW: no-last-look, 1 process
//
// The environment of such a program is as it was given, seen from inside and outside, other preloads kept:
// RUN: env -i N1=1 LD_PRELOAD=libm.so.6 N2=2 %t.static exec %t show > %t.native
// RUN: env -i N1=1 LD_PRELOAD=libm.so.6 N2=2 %envleak record --supervise -o %t.trace -- %t.static exec %t show > %t.out
// RUN: diff %t.native %t.out && grep BY_STATIC=1 %t.out && grep LD_PRELOAD=libm %t.out
//
// The loader is to list libraries, as ldd does: the probe is none of them.
// RUN: %envleak record --supervise -o %t.trace -- %t.static list %t > %t.out
// RUN: grep libc.so %t.out && ! grep envleak %t.out
// RUN: %envleak check --trace %t.trace | %FileCheck %s --check-prefix=LISTS
// LISTS: not-run, 1 process
//
// A program that uses ptrace cannot do so:
// RUN: %cc -DTRACES -o %t.traces %s
// RUN: %t.traces && %status 1 %envleak record --supervise -o %t.trace -- %t.traces
// RUN: %envleak check --trace %t.trace | %FileCheck %s --check-prefix=TRACES
// TRACES: uses-ptrace: {{.*}}static.c.tmp.traces refers to ptrace
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

static int show(void) {
  char text[4096];
  const int file = open("/proc/self/environ", O_RDONLY);
  const ssize_t length = read(file, text, sizeof text);
  for (char** entry = environ; *entry; ++entry) puts(*entry);
  return fwrite(text, 1, (size_t)length, stdout) != (size_t)length;
}

int main(int argc, char** argv) {
#ifdef TRACES
  return ptrace(PTRACE_TRACEME, 0, 0, 0) != 0;
#endif
  if (argc < 2) return getenv("N2") ? 3 : 5;
  if (strchr(argv[1], '/')) return execv(argv[1], argv + 1);
  if (!strcmp(argv[1], "show")) return show();
  if (!strcmp(argv[1], "raw")) {
    long result;
    __asm__ volatile("syscall" : "=a"(result) : "a"((long)SYS_execve), "D"(argv[2]), "S"(argv + 2), "d"(environ)
                     : "rcx", "r11", "memory");
    return 1;
  }
  setenv("BY_STATIC", "1", 1);
  if (!strcmp(argv[1], "list")) setenv("LD_TRACE_LOADED_OBJECTS", "1", 1);
  if (argv[1][0] == 'l' || !strcmp(argv[1], "exec")) return execv(argv[2], argv + 2);
  const int child = argv[1][0] == 'v' ? vfork() : fork();
  if (child == 0) {
    execv(argv[2], argv + 2);
    _exit(9);
  }
  int status;
  waitpid(child, &status, 0);
  return WEXITSTATUS(status) == 3 ? 4 : 1;
}

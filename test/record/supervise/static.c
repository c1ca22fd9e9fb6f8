// Programs that a static one starts are named, with what they received: nothing in it can tell, nor can they.
// UNSUPPORTED: sanitized
//
// RUN: %cc -o %t %s && %cc -static -o %t.static %s
// RUN: env -i N1=1 N2=2 %status 4 %envleak record --supervise -o %t.trace -- %t %t.static fork %t
// RUN: %envleak check --trace %t.trace | %FileCheck %s
// CHECK: envleak: 3 processes, 2 spawns
// CHECK: p1 {{.*}}static.c.tmp (pid {{[0-9]+}}){{$}}
// CHECK: p2 {{.*}}static.c.tmp.static (pid {{[0-9]+}}), exit 4, blind
// CHECK-NEXT: started by execv at {{.*}}static.c
// CHECK-NEXT: crossed: N1 and N2
// CHECK-NEXT: p3 {{.*}}static.c.tmp (pid {{[0-9]+}}), exit 3, blind
// CHECK-NEXT: started by unknown
// CHECK-NEXT: crossed: N1 and N2
// CHECK-NEXT: added: BY_STATIC
// CHECK: static, 1 process
// CHECK: not-injected, 1 process
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
// ITSELF-NEXT: p3 {{.*}}static.c.tmp (pid [[PID]]), exit 3, blind
//
// An execve that passes by libc, in a program that is observed. The new one hands the probe on:
// RUN: env -i N1=1 N2=2 %status 3 %envleak record --supervise -o %t.trace -- %t raw %t
// RUN: %envleak check --trace %t.trace | %FileCheck %s --check-prefix=RAW
// RAW: envleak: 2 processes, 1 spawn
// RAW: p2 {{.*}}static.c.tmp (pid {{[0-9]+}}), exit 3, blind
// RAW-NEXT: started by unknown
// RAW-NEXT: crossed: N1 and N2
// RAW: no-last-look
// RAW: not-injected, 1 process
#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

int main(int argc, char** argv) {
  if (argc < 2) return 3;
  if (strchr(argv[1], '/')) return execv(argv[1], argv + 1);
  if (!strcmp(argv[1], "raw")) {
    long result;
    __asm__ volatile("syscall" : "=a"(result) : "a"((long)SYS_execve), "D"(argv[2]), "S"(argv + 2), "d"(environ)
                     : "rcx", "r11", "memory");
    return 1;
  }
  setenv("BY_STATIC", "1", 1);
  if (!strcmp(argv[1], "exec")) return execv(argv[2], argv + 2);
  const int child = argv[1][0] == 'v' ? vfork() : fork();
  if (child == 0) {
    execv(argv[2], argv + 2);
    _exit(9);
  }
  int status;
  waitpid(child, &status, 0);
  return WEXITSTATUS(status) == 3 ? 4 : 1;
}

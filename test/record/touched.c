// UNSUPPORTED: sanitized
// Values that are looked at without asking for them by name are told: by the program, by libc and by the kernel. A name
// alone is no look, nor is handing the environment on.
//
// RUN: %cc -o %t %s
// RUN: env -i N1=1 N2=2 N3=3 N4=4 N5=5 N6=6 N7=7 N8=8 N9=9 NA=a %envleak record -o %t.trace -- %t
// RUN: %python %S/Inputs/dump_trace.py %t.trace | %FileCheck %s
// CHECK: P3 fork parent=P2
// CHECK: P3 touched all=0 exact=1 'N4'{{$}}
// CHECK: P3 exit 0
// CHECK: P2 spawn execve id=1 vforked=1
// CHECK: P4 hello spawn=1
// CHECK: environment received {{.*}}N9=[[NINE:h[0-9]+]]
// CHECK: P4 touched all=0 exact=1 {{$}}
// CHECK: P2 touched all=0 exact=1 'N1' 'N2' 'N3' 'N7'{{$}}
// CHECK: P2 exit 0
//
// RUN: env -i N1=1 N2=2 N3=3 N4=4 N5=5 N6=6 N7=7 N8=8 N9=9 NA=a %envleak record -o %t.trace -- %t all
// RUN: %python %S/Inputs/dump_trace.py %t.trace | %FileCheck %s --check-prefix=ALL
// ALL: touched all=1 exact=1 'N1' 'N2' 'N3' 'N4' 'N5' 'N6' 'N7' 'N8' 'N9' 'NA'
//
// A value that the program wrote to where it lies is handed on as it is now; environments that are too large for the
// layout are left alone.
// RUN: env -i N1=1 N2=2 N3=abc %envleak record -o %t.trace -- %t write | %FileCheck %s --check-prefix=WRITTEN
// WRITTEN: N1=1
// WRITTEN-NEXT: N2=2
// WRITTEN-NEXT: N3=aXc
// RUN: (ulimit -v 4000000; env -i N1=1 N2=2 N3=abc %envleak record -o %t.trace -- %t write) | %FileCheck %s --check-prefix=WRITTEN
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;
static volatile char sink;

int main(int argc, char** argv, char** envp) {
  char* child[] = {argv[0], "nothing", NULL};
  if (argc > 1 && !strcmp(argv[1], "nothing")) return 0;
  if (argc > 1 && !strcmp(argv[1], "print")) {
    while (*envp) puts(*envp++);
    return 0;
  }
  if (argc > 1 && !strcmp(argv[1], "write")) {
    getenv("N3")[1] = 'X';
    child[1] = "print";
    execv("/proc/self/exe", child);
  }
  if (argc > 1) {
    for (; *envp; ++envp) sink = (char)strlen(*envp);
    return 0;
  }
  sink = *getenv("N1");        // asked for and looked at
  getenv("N5");                // asked for only: a read, not a look
  for (char** entry = environ; *entry; ++entry)
    if (!strncmp(*entry, "N2=", 3)) sink = (*entry)[3];
  const int pid = fork();
  if (pid == 0) {
    sink = *getenv("N4");      // in a forked child
    _exit(0);
  }
  int status;
  waitpid(pid, &status, 0);
  const int copy = vfork();    // the whole environment is passed on
  if (copy == 0) {
    execve("/proc/self/exe", child, environ);
    _exit(1);
  }
  waitpid(copy, &status, 0);
  if (status != 0) return 1;
  open(getenv("N7"), O_RDONLY);  // by the kernel
  sink = envp[2][3];             // main's argument: N3
  return 0;
}

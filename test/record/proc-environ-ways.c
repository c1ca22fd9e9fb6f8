// The environment's file in /proc is noticed by whichever way it is opened; another process's too.
//
// RUN: %cc -o %t %s
// RUN: for way in 0 1 2 3; do %envleak record -o %t.trace -- %t $way && %envleak check --trace %t.trace; done | %FileCheck %s
// CHECK-COUNT-3: proc-environ{{.*}}: it opened its own /proc entry with the environment
// CHECK: proc-environ{{.*}}: it opened another process's environment in /proc
//
// A file that is only called so is of no concern.
// RUN: touch %t.environ && mkdir -p %t.dir && touch %t.dir/environ
// RUN: cd %t.dir && %envleak record -o %t.trace -- %t 4 && %envleak check --trace %t.trace | %FileCheck %s --check-prefix=OTHER
// OTHER-NOT: {{^ +}}proc-environ
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static int openChild(void) {
  char path[64];
  const int child = fork();
  if (child == 0) {
    pause();
    _exit(0);
  }
  snprintf(path, sizeof path, "/proc/%d/environ", child);
  const int file = open(path, O_RDONLY);
  kill(child, 9);
  waitpid(child, NULL, 0);
  return file;
}

int main(int argc, char** argv) {
  int file = -1;
  switch (argc > 1 ? atoi(argv[1]) : -1) {
    case 0: file = openat(open("/proc/self", O_DIRECTORY), "environ", O_RDONLY); break;
    case 1: file = (int)syscall(SYS_openat, AT_FDCWD, "/proc/self/environ", O_RDONLY); break;
    case 2: file = (int)syscall(SYS_open, "/proc/thread-self/environ", O_RDONLY); break;
    case 3: file = openChild(); break;
    case 4: file = open("environ", O_RDONLY); break;
  }
  return file < 0;
}

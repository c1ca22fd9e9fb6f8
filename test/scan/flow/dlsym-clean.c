// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// An execve that is looked up, and given an own environment.
#include <dlfcn.h>
#include <unistd.h>

static int (*real_execve)(const char *, char *const *, char *const *);

void looked_up(char **argv) {
  static char *own[] = {"PATH=/bin", NULL};
  *(void **)&real_execve = dlsym(RTLD_NEXT, "execve");
  real_execve("/a", argv, own);
  // CHECK: [[#@LINE-1]]: indirect real_execve in looked_up: explicit [none]
}

void no_environment(char **argv) {
  int (*run)(const char *, char *const *, char *const *) = dlsym(RTLD_NEXT, "execve");
  run("/a", argv, NULL);
  // CHECK: [[#@LINE-1]]: indirect run in no_environment: empty [none]
  int (*length)(const char *) = dlsym(RTLD_NEXT, "strlen");
  length("/a");
}
// CHECK-NOT: length

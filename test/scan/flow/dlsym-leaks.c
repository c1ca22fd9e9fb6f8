// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// XFAIL: *
// Not yet: dlsym is not in the knowledge base.
// An exec that is looked up by its name at run time.
#include <dlfcn.h>
#include <unistd.h>

typedef int (*exec_function)(const char *, char *const *);

void looked_up(char **argv) {
  exec_function run = (exec_function)dlsym(RTLD_NEXT, "execv");
  run("/a", argv);
  // CHECK: [[#@LINE-1]]: indirect run in looked_up: inherited [envleak-inherited]
}

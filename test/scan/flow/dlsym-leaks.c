// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// An exec that is looked up by its name at run time.
#include <dlfcn.h>
#include <unistd.h>

typedef int (*exec_function)(const char *, char *const *);

void looked_up(char **argv) {
  exec_function run = (exec_function)dlsym(RTLD_NEXT, "execv");
  run("/a", argv);
  // CHECK: [[#@LINE-1]]: indirect run in looked_up: inherited [envleak-inherited]
}

#define FIND(name) dlsym(RTLD_NEXT, name)
static struct {
  exec_function run;
  int (*shell)(const char *);
} found;
static int (*kept)(const char *, char *const *, char *const *);

static void *find(const char *name) { return dlsym(RTLD_DEFAULT, name); }
static exec_function chosen(void) { return (exec_function)FIND("execvp"); }

void in_other_ways(char **argv) {
  found.run = (exec_function)FIND("execvp");
  *(void **)&found.shell = dlvsym(RTLD_NEXT, "system", "GLIBC_2.2.5");
  found.run("/a", argv);
  // CHECK: [[#@LINE-1]]: indirect run in in_other_ways: inherited [envleak-inherited]
  found.shell("ls");
  // CHECK: [[#@LINE-1]]: indirect shell in in_other_ways: inherited [envleak-inherited] program="ls"
  if (!kept) kept = find("execve");
  kept("/a", argv, environ);
  // CHECK: [[#@LINE-1]]: indirect kept in in_other_ways: forwarded [envleak-forwarded]
  static exec_function once;
  once = (exec_function)find("execv");
  once("/a", argv);
  // CHECK: [[#@LINE-1]]: indirect once in in_other_ways: inherited
  ((exec_function)dlsym(RTLD_NEXT, "execv"))("/a", argv);
  // CHECK: [[#@LINE-1]]: indirect dlsym in in_other_ways: inherited
  chosen()("/a", argv);
  // CHECK: [[#@LINE-1]]: indirect chosen in in_other_ways: inherited
}

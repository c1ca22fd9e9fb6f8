// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// One of two arrays is `environ`.
#include <unistd.h>

static char *const own[] = {"PATH=/bin", NULL};

void chosen(char **argv, int keep) {
  execve("/a", argv, keep ? environ : (char **)own);
  // CHECK: [[#@LINE-1]]: direct execve in chosen: forwarded [envleak-forwarded]
}

void assigned(char **argv, int keep) {
  char *const *env = own;
  if (keep) env = environ;
  execve("/a", argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in assigned: forwarded [envleak-forwarded]
}

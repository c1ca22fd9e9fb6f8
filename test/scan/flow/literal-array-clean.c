// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// Arrays that are written down.
#include <unistd.h>
#include <stdlib.h>

static char *const own[] = {"PATH=/bin", NULL};

void named(char **argv) {
  execve("/a", argv, own);
  // CHECK: [[#@LINE-1]]: direct execve in named: explicit [none]
}

void compound(char **argv) {
  execve("/a", argv, (char *[]){"PATH=/bin", "LANG=C", NULL});
  // CHECK: [[#@LINE-1]]: direct execve in compound: explicit [none]
}

void list(void) {
  execle("/bin/ls", "ls", "-l", (char *)NULL, own);
  // CHECK: [[#@LINE-1]]: direct execle in list: explicit [none]
}

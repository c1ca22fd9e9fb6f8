// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -isystem %S/headers
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// An array replaces the environment.
#include <nspr.h>
#include <prproces.h>
#include <stddef.h>

void all(char **argv) {
  char *nothing[] = {NULL};
  PR_CreateProcess("/bin/ls", argv, nothing, NULL);
  // CHECK: [[#@LINE-1]]: direct PR_CreateProcess in all: empty [none]
  PR_CreateProcessDetached("/bin/ls", argv, (char *[]){"LANG=C", NULL}, NULL);
  // CHECK: [[#@LINE-1]]: direct PR_CreateProcessDetached in all: explicit [none]
}

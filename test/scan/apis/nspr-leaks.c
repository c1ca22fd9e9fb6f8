// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -isystem %S/headers
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// NULL inherits.
#include <nspr.h>
#include <prproces.h>
#include <stddef.h>
extern char **environ;

void all(char **argv) {
  PR_CreateProcess("/bin/ls", argv, NULL, NULL);
  // CHECK: [[#@LINE-1]]: direct PR_CreateProcess in all: inherited [envleak-inherited] program="/bin/ls"
  PR_CreateProcessDetached("/bin/ls", argv, environ, NULL);
  // CHECK: [[#@LINE-1]]: direct PR_CreateProcessDetached in all: forwarded [envleak-forwarded]
}

// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/Inputs/facts.py %t.json | %FileCheck %s
// NOLINT names its rule and gives a reason; one that hides nothing is told.
#include <stdlib.h>
#include <unistd.h>

void all(char **argv) {
  system("a");  // NOLINT(envleak-inherited): the shell is ours
  // CHECK: [[#@LINE-1]]: direct system in all: inherited [envleak-inherited] program="a" suppressed: the shell is ours
  // NOLINTNEXTLINE(envleak-inherited)
  system("b");
  // CHECK: [[#@LINE-1]]: direct system in all: inherited [envleak-inherited] program="b" suppressed: : 'system'
  /* NOLINTNEXTLINE(bugprone-x, envleak-*): all of them */
  execve("/c", argv, environ);
  // CHECK: [[#@LINE-1]]: direct execve in all: forwarded [envleak-forwarded] program="/c" suppressed: all of them
  system("d");  // NOLINT(envleak-forwarded): the wrong rule
  // CHECK: [[#@LINE-1]]: direct system in all: inherited [envleak-inherited] program="d": 'system'
  system("NOLINT(envleak-inherited)");
  // CHECK: [[#@LINE-1]]: direct system in all: inherited [envleak-inherited] program="{{NOLIN}}T(envleak-inherited)": 'system'
}
// CHECK: 8: suppression envleak-inherited: used: the shell is ours
// CHECK-NEXT: 10: suppression envleak-inherited: used: {{$}}
// CHECK-NEXT: 13: suppression envleak-*: used: all of them
// CHECK-NEXT: 16: suppression envleak-forwarded: unused: the wrong rule
// CHECK-NOT: suppression envleak

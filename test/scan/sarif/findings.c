// RUN: rm -rf %t && mkdir -p "%t/a b" && cp %s "%t/a b/findings.c"
// RUN: %envleak scan "%t/a b/findings.c" --root %t --format sarif --fail-on never -o %t/one.sarif -- -D_GNU_SOURCE
// RUN: %envleak scan "%t/a b/findings.c" --root %t --format sarif --fail-on never -o %t/two.sarif -- -D_GNU_SOURCE
// RUN: cmp %t/one.sarif %t/two.sarif
// RUN: %python %S/../../check/Inputs/validate.py %S/Inputs/sarif_fields.json %t/one.sarif && %python -B %S/../../check/Inputs/sarif.py %sarif_schema %t/one.sarif
// RUN: %python %S/Inputs/results.py %t/one.sarif | %FileCheck %s
// RUN: %status 1 %envleak scan "%t/a b/findings.c" --format sarif --fail-on warning -o %t/x -- -D_GNU_SOURCE
// RUN: %envleak scan "%t/a b/findings.c" --root %t --format json --fail-on never -o %t/facts.json -- -D_GNU_SOURCE
// RUN: %envleak check --static %t/facts.json --format sarif --fail-on never | cmp - %t/one.sarif
// Results with relative addresses, columns in characters, the way through wrappers, and fixes; what is suppressed is
// left out.
#include <stdlib.h>
#include <unistd.h>

static int low(char **argv, char **env) { return execve("/a", argv, env); }
static int high(char **argv, char **env) { return low(argv, env); }
static int inherits(char **argv) { return execv(argv[0], argv); }
// CHECK: a b/findings.c:[[#@LINE-1]]:43: warning envleak-inherited: 'execv' hands its whole environment to the child: {{.*}}
// CHECK-NEXT:   a b/findings.c:[[#@LINE+10]]:3: 'main' calls 'inherits'
// CHECK-NEXT:   a b/findings.c:[[#@LINE-3]]:43: 'inherits' passes 'argv' on to 'execv'
// CHECK-NEXT:   end of flow
// CHECK-NEXT:   fix [[#@LINE-5]]:1-[[#@LINE-5]]:1: #include <string.h>
// CHECK-NEXT:   fix [[#@LINE-6]]:43-[[#@LINE-6]]:48: execve
// CHECK-NEXT:   fix [[#@LINE-7]]:62-[[#@LINE-7]]:62: , child_environment()
// CHECK-NOT: : warning

int main(int argc, char **argv) {
  if (argc > 3) system("accepted");  // NOLINT(envleak-inherited): as told
  inherits(argv);
  /* äöü */ high(argv, environ);
  // CHECK: a b/findings.c:[[#@LINE-1]]:13: warning envleak-forwarded: 'high' passes the whole environment on
  // CHECK-NEXT:   a b/findings.c:[[#@LINE-2]]:13: the environment is decided here
  // CHECK-NEXT:   a b/findings.c:16:51: 'high' passes 'argv', 'env' on to 'low'
  // CHECK-NEXT:   a b/findings.c:15:50: 'low' passes 'argv', 'env' on to 'execve'
  // CHECK-NEXT:   end of flow
  // CHECK-NEXT:   fix {{.*}}: #include <string.h>
  // CHECK-NEXT:   fix [[#@LINE-7]]:24-[[#@LINE-7]]:31: child_environment()
  if (vfork() == 0) clearenv();
  // CHECK: a b/findings.c:[[#@LINE-1]]:21: warning envleak-vfork-clear: 'clearenv' in a vfork child
  return 0;  // NOLINT(envleak-unknown): nothing here
  // CHECK-NEXT: a b/findings.c:[[#@LINE-1]]:0: warning envleak-suppression: the suppression of 'envleak-unknown' suppresses nothing
}
// CHECK-NOT: warning

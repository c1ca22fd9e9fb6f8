// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// SEI CERT ENV31: `environ` is used after setenv. Right, and it hands everything on.
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char **argv) {
  if (argc < 2 || setenv("REPORT_FORMAT", "plain", 1) != 0) return 1;
  return execve(argv[1], argv + 1, environ);
  // CHECK: [[#@LINE-1]]: direct execve in main: {{forwarded|extended}} [envleak-
}
// CHECK: [[#@LINE-4]]: write set setenv in main: REPORT_FORMAT

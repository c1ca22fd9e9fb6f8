// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// SEI CERT ENV31: main's third parameter is used after setenv, which may have moved the array. A child that is started
// with it gets the environment as it was.
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char **argv, char **envp) {
  if (argc < 2 || setenv("REPORT_FORMAT", "plain", 1) != 0) return 1;
  return execve(argv[1], argv + 1, envp);
  // CHECK: [[#@LINE-1]]: direct execve in main: forwarded [envleak-forwarded]
}
// CHECK: [[#@LINE-4]]: write set setenv in main: REPORT_FORMAT

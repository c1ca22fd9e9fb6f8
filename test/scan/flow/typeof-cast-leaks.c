// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// What typeof asks about is no part of the value.
#include <unistd.h>

#define SAME(x) ((__typeof__(x))(x))
void passed(char **argv) {
  execve("/bin/ls", argv, SAME(environ));
  // CHECK: [[#@LINE-1]]: direct execve in passed: forwarded
}
void run(char **argv) {
  execvp(SAME(argv)[0], SAME(argv));
  // CHECK: [[#@LINE-1]]: direct execvp in run: inherited
}
void caller(char **argv) {
  run(SAME(argv));
  // CHECK: [[#@LINE-1]]: wrapper run in caller: inherited
}

// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/Inputs/facts.py %t.json | %FileCheck %s
// syscall() is a spawn for two numbers only, by name or by value.
#include <sys/syscall.h>
#include <unistd.h>

void all(char **argv) {
  char *const none[] = {0};
  syscall(SYS_execve, "/bin/a", argv, environ);
  // CHECK: [[#@LINE-1]]: direct syscall in all: forwarded [envleak-forwarded] program="/bin/a"
  syscall(__NR_execveat, -1, "/bin/b", argv, none, 0);
  // CHECK-NEXT: [[#@LINE-1]]: direct syscall in all: empty [none] program="/bin/b"
  syscall(SYS_write, 1, "x", 1);
}
// CHECK-NOT: syscall
// CHECK: unit raw-syscalls.c: complete

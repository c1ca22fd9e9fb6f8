// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/Inputs/facts.py %t.json | %FileCheck %s
// Every function of the exec family: those without an environment argument inherit, the others pass on what they get.
#include <fcntl.h>
#include <unistd.h>

void all(int descriptor, char **argv) {
  char *const none[] = {NULL};
  execl("/bin/a", "a", (char *)NULL);
  // CHECK: [[#@LINE-1]]: direct execl in all: inherited [envleak-inherited] program="/bin/a": 'execl' has no environment argument
  execlp("a", "a", (char *)NULL);
  // CHECK-NEXT: [[#@LINE-1]]: direct execlp in all: inherited
  execv("/bin/a", argv);
  // CHECK-NEXT: [[#@LINE-1]]: direct execv in all: inherited
  execvp("a", argv);
  // CHECK-NEXT: [[#@LINE-1]]: direct execvp in all: inherited
  execle("/bin/a", "a", "b", (char *)NULL, environ);
  // CHECK-NEXT: [[#@LINE-1]]: direct execle in all: forwarded [envleak-forwarded] program="/bin/a": 'environ' is passed on
  execle("/bin/a", "a", (char *)NULL, none);
  // CHECK-NEXT: [[#@LINE-1]]: direct execle in all: empty [none]
  execve("/bin/a", argv, environ);
  // CHECK-NEXT: [[#@LINE-1]]: direct execve in all: forwarded
  execvpe("a", argv, none);
  // CHECK-NEXT: [[#@LINE-1]]: direct execvpe in all: empty
  fexecve(descriptor, argv, __environ);
  // CHECK-NEXT: [[#@LINE-1]]: direct fexecve in all: forwarded
  execveat(AT_FDCWD, "/bin/a", argv, none, 0);
  // CHECK-NEXT: [[#@LINE-1]]: direct execveat in all: empty [none] program="/bin/a"
}

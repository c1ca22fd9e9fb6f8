// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/Inputs/facts.py %t.json | %FileCheck %s
// What an environment argument can be.
#include <stdlib.h>
#include <unistd.h>

struct options {
  char **environment;
};
static char *const nothing[] = {NULL};
static char *const fixed[] = {"PATH=/bin", "LANG=C", NULL};
char *changeable[] = {NULL};
char **make_environment(void);

static char **same(void) { return environ; }

void all(char **argv, struct options *options, int flag) {
  execve("/a", argv, nothing);
  // CHECK: [[#@LINE-1]]: direct execve in all: empty {{.*}}: 'nothing' has no entries
  execve("/a", argv, fixed);
  // CHECK-NEXT: [[#@LINE-1]]: direct execve in all: explicit {{.*}}: 'fixed' holds constants only
  execve("/a", argv, changeable);
  // CHECK-NEXT: [[#@LINE-1]]: direct execve in all: empty {{.*}}: what the global variable 'changeable' holds decides: the array has no entries
  execve("/a", argv, options->environment);
  // CHECK-NEXT: [[#@LINE-1]]: direct execve in all: from-caller {{.*}}: field 'environment' decides; no call of 'all' was found
  execve("/a", argv, make_environment());
  // CHECK-NEXT: [[#@LINE-1]]: direct execve in all: unknown {{.*}}: the result of 'make_environment'
  execve("/a", argv, same());
  // CHECK-NEXT: [[#@LINE-1]]: direct execve in all: forwarded {{.*}}: the result of 'same': 'environ' is passed on
  char *from_parent[] = {getenv("PATH"), NULL};
  execve("/a", argv, from_parent);
  // CHECK-NEXT: [[#@LINE-1]]: direct execve in all: unknown {{.*}}: an element of 'from_parent' comes from the parent's environment
  char *given[] = {"LANG=C", make_environment()[0], NULL};
  execve("/a", argv, given);
  // CHECK-NEXT: [[#@LINE-1]]: direct execve in all: unknown {{.*}}: the result of 'make_environment' is not known
  char *one_by_one[2];
  one_by_one[0] = "A=b";
  one_by_one[1] = NULL;
  execve("/a", argv, one_by_one);
  // CHECK-NEXT: [[#@LINE-1]]: direct execve in all: explicit
  char **followed = environ;
  execve("/a", argv, (char *const *)followed);
  // CHECK-NEXT: [[#@LINE-1]]: direct execve in all: forwarded
  execve("/a", argv, flag ? (char **)nothing : environ);
  // CHECK-NEXT: [[#@LINE-1]]: direct execve in all: forwarded
  char *filled[4] = {NULL};
  char **other_name = filled;
  other_name[0] = getenv("HOME");
  execve("/a", argv, filled);
  // CHECK-NEXT: [[#@LINE-1]]: direct execve in all: unknown {{.*}}: an element of 'filled' comes from the parent's environment
}

int main(int argc, char **argv, char **envp) {
  return execve(argv[argc - 1], argv, envp);
  // CHECK-NEXT: [[#@LINE-1]]: direct execve in main: forwarded [envleak-forwarded]: main's third parameter is passed on
}

// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/Inputs/facts.py %t.json | %FileCheck %s
// clearenv() and assignments to environ count where they are on every path to the call.
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

static char *const fixed[] = {"PATH=/bin", NULL};

void cleared(char **argv) {
  clearenv();
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in cleared: empty [none] program="/a": 'clearenv' at line [[#@LINE-2]]
  setenv("LANG", "C", 1);
  execv("/b", argv);
  // CHECK-NEXT: [[#@LINE-1]]: direct execv in cleared: explicit [none]
  setenv("HOME", getenv("HOME"), 1);
  execv("/c", argv);
  // CHECK-NEXT: [[#@LINE-1]]: direct execv in cleared: filtered [none]
  putenv(argv[1]);
  execv("/d", argv);
  // CHECK-NEXT: [[#@LINE-1]]: direct execv in cleared: unknown [envleak-unknown]
}

void sometimes(char **argv, int flag) {
  if (flag) clearenv();
  execv("/a", argv);
  // CHECK-NEXT: [[#@LINE-1]]: direct execv in sometimes: inherited [envleak-inherited] program="/a": 'execv' has no environment argument, and 'environ' is cleared or replaced on some paths only
}

void or_not_at_all(char **argv, int flag) {
  if (flag)
    clearenv();
  else
    return;
  execv("/a", argv);
  // CHECK-NEXT: [[#@LINE-1]]: direct execv in or_not_at_all: empty
}

void set_null(char **argv) {
  environ = NULL;
  execvp("a", argv);
  // CHECK-NEXT: [[#@LINE-1]]: direct execvp in set_null: empty [none] program="a": 'environ' is set to NULL
}

void set_array(char **argv) {
  environ = (char **)fixed;
  execvp("a", argv);
  // CHECK-NEXT: [[#@LINE-1]]: direct execvp in set_array: explicit
}

void set_parameter(char **argv, char **environment) {
  environ = environment;
  execvp("a", argv);
  // CHECK-NEXT: [[#@LINE-1]]: direct execvp in set_parameter: from-caller [none]
}

void in_the_child(char **argv) {
  pid_t child = fork();
  if (child == 0) {
    clearenv();
    execv("/child", argv);
    // CHECK-NEXT: [[#@LINE-1]]: direct execv in in_the_child: empty
    _exit(127);
  }
  execv("/parent", argv);
  // CHECK-NEXT: [[#@LINE-1]]: direct execv in in_the_child: inherited
}

void by_case(char **argv, int which) {
  switch (which) {
    case 0:
      clearenv();
      break;
    case 1:
      execv("/one", argv);
      // CHECK-NEXT: [[#@LINE-1]]: direct execv in by_case: inherited
  }
  execv("/all", argv);
  // CHECK-NEXT: [[#@LINE-1]]: direct execv in by_case: inherited
}

void in_a_loop(char **argv) {
  for (int i = 0; i < 2; ++i) {
    execv("/first", argv);
    // CHECK-NEXT: [[#@LINE-1]]: direct execv in in_a_loop: inherited
    clearenv();
    execv("/second", argv);
    // CHECK-NEXT: [[#@LINE-1]]: direct execv in in_a_loop: empty
  }
}

void by_jump(char **argv, int flag) {
  if (flag) goto out;
  clearenv();
out:
  execv("/a", argv);
  // CHECK-NEXT: [[#@LINE-1]]: direct execv in by_jump: inherited
}

static void wipe(void) { environ = NULL; }

void by_callee(char **argv) {
  wipe();
  execv("/a", argv);
  // CHECK-NEXT: [[#@LINE-1]]: direct execv in by_callee: empty [none] program="/a": 'wipe' was called before: 'environ' is set to NULL
}

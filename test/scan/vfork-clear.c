// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/Inputs/facts.py %t.json | %FileCheck %s
// RUN: %status 1 %envleak scan %s --fail-on warning -- -D_GNU_SOURCE | %FileCheck %s --check-prefix=TEXT
// RUN: %status 1 %envleak check --static %t.json --fail-on warning | %FileCheck %s --check-prefix=TEXT
// A vfork child that changes the environment changes its parent's.
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

void at_once(char **argv) {
  if (vfork() == 0) {
    clearenv();
    execv("/a", argv);
    _exit(127);
  }
}
// CHECK: [[#@LINE-5]]: hazard envleak-vfork-clear in at_once: 'clearenv' in a vfork child clears its parent's environment too
// TEXT: vfork-clear.c:[[#@LINE-6]]:5: warning: 'clearenv' in a vfork child clears its parent's environment too: give execve an envp of its own instead [envleak-vfork-clear]
// TEXT-NEXT: clearenv();
// TEXT-COUNT-4: [envleak-vfork-clear]
// TEXT-NOT: vfork-clear]

void through_a_variable(char **argv) {
  pid_t child;
  child = vfork();
  if (child < 0) return;
  if (!child) {
    environ = NULL;
    setenv("A", "b", 1);
    execv("/a", argv);
    _exit(127);
  }
}
// CHECK: [[#@LINE-6]]: hazard envleak-vfork-clear in through_a_variable: 'environ =' in a vfork child replaces
// CHECK: [[#@LINE-6]]: hazard envleak-vfork-clear in through_a_variable: 'setenv' in a vfork child changes

void by_switch(char **argv) {
  pid_t child = vfork();
  switch (child) {
    case -1:
      unsetenv("PARENT");
      break;
    case 0:
      chdir("/");
      unsetenv("CHILD");
      execv("/a", argv);
      _exit(127);
    default:
      unsetenv("PARENT");
  }
}
// CHECK: [[#@LINE-7]]: hazard envleak-vfork-clear in by_switch: 'unsetenv'

void what_follows_is_the_child(char **argv) {
  if ((vfork()) != 0) return;
  clearenv();
  execv("/a", argv);
}
// CHECK: [[#@LINE-3]]: hazard envleak-vfork-clear in what_follows_is_the_child

void accepted(char **argv) {
  if (vfork() == 0) {
    clearenv();  // NOLINT(envleak-vfork-clear): nothing else is started
    execv("/a", argv);
    _exit(127);
  }
}
// CHECK: [[#@LINE-5]]: hazard envleak-vfork-clear in accepted: {{.*}} suppressed: nothing else is started
// CHECK-NOT: hazard

void in_the_parent(char **argv) {
  if (vfork() == 0) {
    execv("/a", argv);
    _exit(127);
  }
  clearenv();
}

void in_the_parents_branch(char **argv) {
  pid_t child = vfork();
  if (child > 0)
    clearenv();
  else if (child < 0)
    unsetenv("A");
  else
    execv("/a", argv);
}

void before(char **argv) {
  clearenv();
  if (vfork() == 0) execv("/a", argv);
}

void own_memory(char **argv) {
  if (fork() == 0) {
    clearenv();
    execv("/a", argv);
  }
}
// CHECK: suppression envleak-vfork-clear: used: nothing else is started

// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// XFAIL: *
// Not yet: a recursive call counts as one that changes its arguments.
// A function that calls itself clears on every way, and hands down an own environment.
#include <stdlib.h>
#include <unistd.h>

static void wipe(int count) {
  if (count > 0) {
    wipe(count - 1);
    return;
  }
  clearenv();
}

static int hand_down(char **argv, char **env, int count) {
  if (count > 0) return hand_down(argv, env, count - 1);
  return execve("/a", argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in hand_down: {{from-caller|explicit}} [none]
}

int main(int argc, char **argv) {
  static char *own[] = {"PATH=/bin", NULL};
  if (argc > 1) return hand_down(argv, own, 3);
  // CHECK: [[#@LINE-1]]: wrapper hand_down in main: explicit [none]
  wipe(2);
  return execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in main: empty [none]
}

// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A function that calls itself, with and without its environment.
#include <unistd.h>

static int retry(char **argv, int count) {
  if (count > 0) return retry(argv, count - 1);
  return execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in retry: inherited [envleak-inherited]
}

static int hand_down(char **argv, char **env, int count) {
  if (count > 0) return hand_down(argv, env, count - 1);
  return execve("/a", argv, env);
}

int main(int argc, char **argv) {
  if (argc > 1) return retry(argv, argc);
  // CHECK: [[#@LINE-1]]: wrapper retry in main: inherited
  return hand_down(argv, environ, 3);
  // CHECK: [[#@LINE-1]]: wrapper hand_down in main: forwarded
}

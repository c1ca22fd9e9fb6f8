// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A value that is computed here, of nothing of the parent's environment.
#include <stdio.h>
#include <unistd.h>

void numbered(char **argv, int number) {
  char text[32];
  snprintf(text, sizeof text, "WORKER=%d", number);
  char *env[] = {"PATH=/bin", text, NULL};
  execve("/a", argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in numbered: explicit [none]
}

void by_helper(char **argv, int number) {
  char *text = NULL;
  if (asprintf(&text, "WORKER=%d-%s", number, "a") < 0) return;
  char *env[] = {text, NULL};
  execve("/a", argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in by_helper: explicit [none]
}

// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// NULL on one path, all on the other.
#include <unistd.h>

void chosen(char **argv, int keep) {
  char **env = NULL;
  if (keep) env = environ;
  execve("/a", argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in chosen: forwarded [envleak-forwarded]
}

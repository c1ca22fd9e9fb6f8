// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A helper copies what it is given, here the whole environment.
#include <stdlib.h>
#include <unistd.h>

static char **copy_of(char **from) {
  int n = 0;
  while (from[n]) ++n;
  char **copy = malloc((n + 1) * sizeof *copy);
  for (int i = 0; i <= n; ++i) copy[i] = from[i];
  return copy;
}

void copied(char **argv) {
  execve("/a", argv, copy_of(environ));
  // CHECK: [[#@LINE-1]]: direct execve in copied: forwarded [envleak-forwarded]
}

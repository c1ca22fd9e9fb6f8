// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A copy of the whole environment, element by element or as a block, is forwarded.
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void by_index(char **argv) {
  char *copy[1000];
  int n = 0;
  for (; environ[n] && n < 999; ++n) copy[n] = environ[n];
  copy[n] = NULL;
  execve("/a", argv, copy);
  // CHECK: [[#@LINE-1]]: direct execve in by_index: forwarded [envleak-forwarded]
}

void by_pointer(char **argv) {
  char **copy = calloc(1000, sizeof *copy), **to = copy;
  for (char **from = environ; *from; ++from) *to++ = strdup(*from);
  *to = NULL;
  execve("/a", argv, copy);
  // CHECK: [[#@LINE-1]]: direct execve in by_pointer: forwarded [envleak-forwarded]
}

void as_a_block(char **argv, int count) {
  char **copy = malloc((count + 1) * sizeof *copy);
  memcpy(copy, environ, (count + 1) * sizeof *copy);
  execve("/a", argv, copy);
  // CHECK: [[#@LINE-1]]: direct execve in as_a_block: forwarded [envleak-forwarded]
}

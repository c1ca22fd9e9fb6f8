// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// Jumps backwards, out of loops and through several labels bring what was set before.
#include <stdlib.h>
#include <unistd.h>

void backwards(char **argv, char **saved, int count) {
  saved = environ;
  clearenv();
again:
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in backwards: {{inherited|forwarded|unknown}} [envleak-
  environ = saved;
  if (count-- > 0) goto again;
}

void in_turns(char **argv, int count) {
  if (count == 1) goto second;
  clearenv();
first:
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in in_turns: inherited [envleak-inherited]
  return;
second:
  if (count > 2) goto first;
}

void out_of_loops(char **argv, int count) {
  for (int i = 0; i < count; ++i)
    for (int k = 0; k < count; ++k) {
      if (k == 3) goto out;
      clearenv();
    }
  clearenv();
out:
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in out_of_loops: inherited [envleak-inherited]
}

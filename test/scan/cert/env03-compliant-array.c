// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// SEI CERT ENV03: the program is started itself, with an array of its own.
#include <unistd.h>

int list(const char *folder) {
  char *const arguments[] = {"ls", "-l", (char *)folder, NULL};
  char *const environment[] = {"PATH=/usr/bin:/bin", "LC_ALL=C", NULL};
  return execve("/bin/ls", arguments, environment);
  // CHECK: [[#@LINE-1]]: direct execve in list: explicit [none]
}

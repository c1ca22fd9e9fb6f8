// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A macro that clears, one that builds the environment.
#include <stdlib.h>
#include <unistd.h>

#define CLEAN_RUN(argv) (clearenv(), execv((argv)[0], (argv)))
#define OWN ((char *[]){"PATH=/bin", NULL})

void used(char **argv) {
  execve("/a", argv, OWN);
  // CHECK: [[#@LINE-1]]: direct execve in used: explicit [none]
  CLEAN_RUN(argv);
  // CHECK: [[#@LINE-1]]: direct execv in used: empty [none]
}

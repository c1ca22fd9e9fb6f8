// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// The site is where the macro is used.
#include <stdlib.h>
#include <unistd.h>

#define RUN(argv) execv((argv)[0], (argv))
#define ALL environ
#define RUN_WITH(argv, env) execve((argv)[0], (argv), (env))

void used(char **argv) {
  RUN(argv);
  // CHECK: [[#@LINE-1]]: direct execv in used: inherited [envleak-inherited]
  RUN_WITH(argv, ALL);
  // CHECK: [[#@LINE-1]]: direct execve in used: forwarded [envleak-forwarded]
}

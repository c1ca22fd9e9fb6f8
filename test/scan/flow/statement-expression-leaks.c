// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// The value of a statement expression is that of its last statement.
#include <unistd.h>

void value(char **argv) {
  execve("/a", argv, ({
           char **env = environ;
           env;
         }));
  // CHECK: [[#@LINE-4]]: direct execve in value: forwarded [envleak-forwarded]
}

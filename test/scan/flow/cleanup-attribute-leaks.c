// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// What runs at the end of a variable's scope has no call in the text, and may put the environment back.
#include <stdlib.h>
#include <unistd.h>

static void restore(char ***saved) { environ = *saved; }

void after(char **argv) {
  {
    __attribute__((cleanup(restore))) char **saved = environ;
    clearenv();
  }
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in after: {{inherited|forwarded|unknown}} [envleak-
}

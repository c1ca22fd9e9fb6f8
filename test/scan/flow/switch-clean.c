// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// All cases clear, one by falling through.
#include <stdlib.h>
#include <unistd.h>

void all_do(char **argv, int mode) {
  switch (mode) {
    case 1:
      chdir("/");
      /* fall through */
    case 2:
      clearenv();
      break;
    default:
      environ = NULL;
  }
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in all_do: empty [none]
}

// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/Inputs/facts.py %t.json | %FileCheck %s
// A call that comes from a macro is where the macro is used.
#include <unistd.h>
#define RUN(program) execlp(program, program, (char *)0)
#define TWICE(program) \
  do {                 \
    RUN(program);      \
  } while (0)
#define NAME "a" "b"
void all(void) {
  RUN("ls");
  // CHECK: [[#@LINE-1]]: direct execlp in all: inherited [envleak-inherited] program="ls"
  TWICE(NAME);
  // CHECK-NEXT: [[#@LINE-1]]: direct execlp in all: inherited [envleak-inherited] program="ab"
}

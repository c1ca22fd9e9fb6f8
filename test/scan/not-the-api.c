// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/Inputs/facts.py %t.json | %FileCheck %s
// A function of the project is not the API of the same name; what is not evaluated starts nothing.
#include <stdlib.h>
struct engine { int (*execv)(int); };
static int popen(int number) { return number; }
int all(struct engine *engine) {
  return engine->execv(1) + popen(2) + (int)sizeof(system("ls"));
}
// CHECK-NOT: direct
// CHECK-NOT: indirect
// CHECK: unit not-the-api.c: complete

// RUN: %python %S/../Inputs/compile_commands.py %t.cc.json %S field-elsewhere-leaks.c -D_GNU_SOURCE -- Inputs/runs-job.c -D_GNU_SOURCE
// RUN: %envleak scan -p %t.cc.json --fail-on never --format json -o %t.json
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A field that is set here and used in another unit.
#include "Inputs/job.h"
#include <unistd.h>

int main(int argc, char **argv) {
  struct job job = {argv + argc - 1, environ};
  return run_job(&job);
}
// CHECK: forwarded [envleak-forwarded]
// CHECK-NOT: [envleak-

// RUN: %python %S/../Inputs/compile_commands.py %t.cc.json %S field-elsewhere-clean.c -D_GNU_SOURCE -- Inputs/runs-job.c -D_GNU_SOURCE
// RUN: %envleak scan -p %t.cc.json --fail-on never --format json -o %t.json
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A field that is set to constants here and used in another unit.
#include "Inputs/job.h"
#include <unistd.h>

int main(int argc, char **argv) {
  static char *own[] = {"PATH=/bin", NULL};
  struct job job = {argv + argc - 1, own};
  return run_job(&job);
}
// CHECK: direct execve in run_job: {{explicit|from-caller}} [none]
// CHECK-NOT: [envleak-

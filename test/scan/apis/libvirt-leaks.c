// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -isystem %S/headers
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A command without variables of its own inherits.
#include <vircommand.h>
#include <stddef.h>

void fresh(void) {
  virCommand *command = virCommandNew("ls");
  virCommandRun(command, NULL);
  // CHECK: [[#@LINE-1]]: direct virCommandRun in fresh: inherited
}

// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -isystem %S/headers
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// The first variable leaves nothing else.
#include <vircommand.h>
#include <stddef.h>

void own(void) {
  virCommand *command = virCommandNew("ls");
  virCommandAddEnvPair(command, "LANG", "C");
  virCommandRun(command, NULL);
  // CHECK: [[#@LINE-1]]: direct virCommandRun in own: explicit [none]
}
void some(void) {
  virCommand *command = virCommandNew("ls");
  virCommandAddEnvPassCommon(command);
  virCommandRun(command, NULL);
  // CHECK: [[#@LINE-1]]: direct virCommandRun in some: filtered
}
void folders(const char *folder) {
  virCommand *command = virCommandNew("ls");
  virCommandAddEnvXDG(command, folder);
  virCommandRun(command, NULL);
  // CHECK: [[#@LINE-1]]: direct virCommandRun in folders: filtered
}

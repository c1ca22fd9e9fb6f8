// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -isystem %S/headers
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// Options that do not inherit.
#include <ace/Process.h>

void empty() {
  ACE_Process_Options options(false);
  ACE_Process process;
  process.spawn(options);
  // CHECK: [[#@LINE-1]]: direct spawn in empty: empty [none]
}
void own() {
  ACE_Process_Options options(false);
  options.setenv("LANG", "%s", "C");
  ACE_Process process;
  process.spawn(options);
  // CHECK: [[#@LINE-1]]: direct spawn in own: explicit [none]
}

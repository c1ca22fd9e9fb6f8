// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -isystem %S/headers
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// Options inherit by default.
#include <ace/Process.h>

void plain() {
  ACE_Process_Options options;
  ACE_Process process;
  process.spawn(options);
  // CHECK: [[#@LINE-1]]: direct spawn in plain: forwarded
}
void added() {
  ACE_Process_Options options;
  options.setenv("LANG", "%s", "C");
  ACE_Process process;
  process.spawn(options);
  // CHECK: [[#@LINE-1]]: direct spawn in added: extended
}

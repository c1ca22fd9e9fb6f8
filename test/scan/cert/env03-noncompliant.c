// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// SEI CERT ENV03: a command is run in whatever environment the process was given.
#include <stdlib.h>

int list_today(void) {
  return system("/bin/ls report.`date +%Y%m%d`");
  // CHECK: [[#@LINE-1]]: direct system in list_today: inherited [envleak-inherited]
}

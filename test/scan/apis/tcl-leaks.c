// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -isystem %S/headers
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A command channel has no environment of its own.
#include <stddef.h>
#include <tcl.h>

void all(Tcl_Interp *interpreter) {
  const char *argv[] = {"ls", "-l", NULL};
  Tcl_OpenCommandChannel(interpreter, 2, argv, 0);
  // CHECK: [[#@LINE-1]]: direct Tcl_OpenCommandChannel in all: inherited [envleak-inherited] program="ls"
}

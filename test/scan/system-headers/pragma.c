// RUN: %python %S/../Inputs/compile_commands.py %t.cc.json %S pragma.c -D_GNU_SOURCE -IInputs/own -- Inputs/launch.c -D_GNU_SOURCE -IInputs/vendor
// RUN: %envleak scan -p %t.cc.json --fail-on never --format json -o %t.json
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A header that says of itself to be the system's.
#include <marked.h>
#include <unistd.h>

int whole(char **argv) {
  return launch_in(argv, environ);
  // CHECK: [[#@LINE-1]]: wrapper launch_in in whole: forwarded [envleak-forwarded]
}

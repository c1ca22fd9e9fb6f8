// RUN: %python %S/../Inputs/compile_commands.py %t.cc.json %S caller-elsewhere-leaks.c -D_GNU_SOURCE -- Inputs/launches.c -D_GNU_SOURCE
// RUN: %envleak scan -p %t.cc.json --fail-on never --format json -o %t.json
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// One caller of the other unit's launch has cleared the environment, the other has not.
#include <stdlib.h>
#include <unistd.h>

int launch(char **argv);
// CHECK: direct execv in launch: inherited [envleak-inherited]

int main(int argc, char **argv) {
  if (argc > 1) return launch(argv);
  // CHECK: [[#@LINE-1]]: wrapper launch in main: inherited
  clearenv();
  return launch(argv);
  // CHECK: [[#@LINE-1]]: wrapper launch in main: empty [none]
}

// RUN: %python %S/../Inputs/compile_commands.py %t.cc.json %S caller-elsewhere-clean.c -D_GNU_SOURCE -- Inputs/launches.c -D_GNU_SOURCE
// RUN: %envleak scan -p %t.cc.json --fail-on never --format json -o %t.json
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// The only caller, main, has cleared the environment; the spawn is in another unit.
#include <stdlib.h>
#include <unistd.h>

int launch(char **argv);
// CHECK: direct execv in launch: empty [none]

int main(int argc, char **argv) {
  clearenv();
  return launch(argv + argc - 1);
  // CHECK: [[#@LINE-1]]: wrapper launch in main: empty [none]
}
// CHECK-NOT: [envleak-

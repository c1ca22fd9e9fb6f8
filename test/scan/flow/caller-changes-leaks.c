// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// One of two callers clears the environment: the other decides what the call lets through.
#include <stdlib.h>
#include <unistd.h>

static int launch(char **argv) { return execv("/a", argv); }
// CHECK: [[#@LINE-1]]: direct execv in launch: inherited [envleak-inherited]

static int clean(char **argv) {
  clearenv();
  return launch(argv);
  // CHECK: [[#@LINE-1]]: wrapper launch in clean: empty [none]
}

int main(int argc, char **argv) {
  return argc > 1 ? clean(argv) : launch(argv);
  // CHECK: [[#@LINE-1]]: wrapper launch in main: inherited
}

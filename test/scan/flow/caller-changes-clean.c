// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// Every caller has cleared the environment before.
#include <stdlib.h>
#include <unistd.h>

static int launch(char **argv) { return execv("/a", argv); }
// CHECK: [[#@LINE-1]]: direct execv in launch: {{empty|explicit}} [none]

static int first(char **argv) {
  clearenv();
  return launch(argv);
  // CHECK: [[#@LINE-1]]: wrapper launch in first: empty [none]
}

int main(int argc, char **argv) {
  if (argc > 1) return first(argv);
  environ = NULL;
  return launch(argv);
  // CHECK: [[#@LINE-1]]: wrapper launch in main: empty [none]
}

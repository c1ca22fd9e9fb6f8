// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// main's third parameter is the environment, whatever it is called, also when a function is given it.
#include <unistd.h>

static int launch(char **argv, char **settings) { return execve("/a", argv, settings); }
// CHECK: [[#@LINE-1]]: direct execve in launch: {{from-caller|forwarded}}

int main(int argc, char *argv[], char *variables[]) {
  if (argc > 1) return launch(argv, variables);
  // CHECK: [[#@LINE-1]]: wrapper launch in main: forwarded
  char **kept = variables;
  return execve("/b", argv, kept);
  // CHECK: [[#@LINE-1]]: direct execve in main: forwarded [envleak-forwarded]
}

// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// main's third parameter is kept in a global variable and used elsewhere.
#include <unistd.h>

static char **kept;

static int launch(char **argv) { return execve("/a", argv, kept); }
// CHECK: [[#@LINE-1]]: direct execve in launch: forwarded [envleak-forwarded]

int main(int argc, char **argv, char **envp) {
  kept = envp;
  return launch(argv + argc - 1);
}

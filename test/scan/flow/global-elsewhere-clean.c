// RUN: %python %S/../Inputs/compile_commands.py %t.cc.json %S global-elsewhere-clean.c -D_GNU_SOURCE -- Inputs/keeps-own.c -D_GNU_SOURCE
// RUN: %envleak scan -p %t.cc.json --fail-on never --format json -o %t.json
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A global variable that another unit sets to constants.
#include <unistd.h>

extern char **child_environment;
void choose_environment(int number);

int main(int argc, char **argv) {
  choose_environment(argc);
  return execve("/a", argv, child_environment);
  // CHECK: [[#@LINE-1]]: direct execve in main: explicit [none]
}

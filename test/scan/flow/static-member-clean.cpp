// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -std=c++20
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A static member that holds constants.
#include <unistd.h>

struct Defaults {
  static char *const environment[];
};
char *const Defaults::environment[] = {const_cast<char *>("PATH=/bin"), nullptr};

void run(char **argv) {
  execve("/a", argv, Defaults::environment);
  // CHECK: [[#@LINE-1]]: direct execve in run: explicit [none]
}

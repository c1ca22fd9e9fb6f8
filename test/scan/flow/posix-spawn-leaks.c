// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// posix_spawn with the parent's environment.
#include <spawn.h>
#include <unistd.h>

void given(char **argv) {
  pid_t child;
  posix_spawnp(&child, argv[0], NULL, NULL, argv, environ);
  // CHECK: [[#@LINE-1]]: direct posix_spawnp in given: forwarded [envleak-forwarded]
}

// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/Inputs/facts.py %t.json | %FileCheck %s
// posix_spawn(3): NULL as environment is an empty one on Linux, it does not inherit.
#include <spawn.h>
#include <unistd.h>

void all(char **argv) {
  pid_t child;
  posix_spawn(&child, "/bin/a", NULL, NULL, argv, environ);
  // CHECK: [[#@LINE-1]]: direct posix_spawn in all: forwarded [envleak-forwarded] program="/bin/a"
  posix_spawnp(&child, "a", NULL, NULL, argv, NULL);
  // CHECK-NEXT: [[#@LINE-1]]: direct posix_spawnp in all: empty [none] program="a": the environment argument is NULL, which is an empty environment on Linux
  posix_spawn(&child, "/bin/a", NULL, NULL, argv, (char *[]){"PATH=/bin", NULL});
  // CHECK-NEXT: [[#@LINE-1]]: direct posix_spawn in all: explicit [none]
}

// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// NULL is an empty array on Linux, spelled in any way.
#include <spawn.h>
#include <unistd.h>

void spelled(char **argv) {
  pid_t child;
  execve("/a", argv, NULL);
  // CHECK: [[#@LINE-1]]: direct execve in spelled: empty [none]
  execvpe("a", argv, 0);
  // CHECK: [[#@LINE-1]]: direct execvpe in spelled: empty [none]
  execve("/a", argv, (char **)0);
  // CHECK: [[#@LINE-1]]: direct execve in spelled: empty [none]
  posix_spawn(&child, "/a", NULL, NULL, argv, NULL);
  // CHECK: [[#@LINE-1]]: direct posix_spawn in spelled: empty [none]
  char **none = NULL;
  posix_spawnp(&child, "a", NULL, NULL, argv, none);
  // CHECK: [[#@LINE-1]]: direct posix_spawnp in spelled: empty [none]
}

// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// The process changes its environment by names: the child gets all of it, with some names more or less.
#include <stdlib.h>
#include <unistd.h>

void added(char **argv) {
  setenv("APP_MODE", "worker", 1);
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in added: extended [envleak-extended]{{.*}}APP_MODE
}

void removed(char **argv) {
  unsetenv("LD_PRELOAD");
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in removed: extended [envleak-extended]{{.*}}LD_PRELOAD
}

void put(char **argv) {
  putenv("APP_MODE=worker");
  execve("/a", argv, environ);
  // CHECK: [[#@LINE-1]]: direct execve in put: extended [envleak-extended]{{.*}}APP_MODE
}

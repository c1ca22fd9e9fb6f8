// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// SEI CERT ENV30: what getenv points to is changed in place, so the variable itself, and every child's with it.
#include <stdlib.h>
#include <unistd.h>

int with_plain_names(char **argv) {
  char *names = getenv("TEST_NAMES");
  // CHECK-DAG: [[#@LINE-1]]: read getenv in with_plain_names: TEST_NAMES
  for (char *at = names; at != NULL && *at != '\0'; ++at)
    if (*at == '-') *at = '_';
  return execv("/usr/bin/tester", argv);
  // CHECK-DAG: [[#@LINE-1]]: direct execv in with_plain_names: {{inherited|extended}} [envleak-
}

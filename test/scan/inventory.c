// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/Inputs/facts.py %t.json | %FileCheck %s
// Reads and writes of the environment, with names as far as they are constant.
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define PREFIX "APP_"
static const char *const constant = "APP_CONSTANT";
static const char array[] = "APP_ARRAY";

int all(char *name, char **argv) {
  getenv(PREFIX "NAME");
  // CHECK: [[#@LINE-1]]: read getenv in all: APP_NAME
  secure_getenv(constant);
  // CHECK-NEXT: [[#@LINE-1]]: read secure_getenv in all: APP_CONSTANT
  getenv(array);
  // CHECK-NEXT: [[#@LINE-1]]: read getenv in all: APP_ARRAY
  getenv(name);
  // CHECK-NEXT: [[#@LINE-1]]: read getenv in all: None
  for (char **at = environ; *at; ++at) puts(*at);
  // CHECK-NEXT: [[#@LINE-1]]: read environ in all: None
  execve("/bin/a", argv, environ);
  // CHECK-NEXT: {{[0-9]+}}: write set setenv in writes: A
  return 0;
}

void writes(char *given) {
  setenv("A", "b", 1);
  putenv("C=d");
  // CHECK-NEXT: [[#@LINE-1]]: write put putenv in writes: C
  putenv(given);
  // CHECK-NEXT: [[#@LINE-1]]: write put putenv in writes: None
  unsetenv("E");
  // CHECK-NEXT: [[#@LINE-1]]: write unset unsetenv in writes: E
  clearenv();
  // CHECK-NEXT: [[#@LINE-1]]: write clear clearenv in writes: None
  environ = NULL;
  // CHECK-NEXT: [[#@LINE-1]]: write assign environ in writes: None
}

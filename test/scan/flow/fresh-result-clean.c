// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// What one caller puts in the array that a function allocated for it, another caller's does not have.
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void complain(const char *format, ...) {
  va_list list;
  va_start(list, format);
  vfprintf(stderr, format, list);
  va_end(list);
}

static void *memory(size_t size) {
  void *result = malloc(size);
  if (result == NULL) {
    complain("no memory for %zu: %p", size, result);
    exit(1);
  }
  return result;
}
static char **list(size_t length) { return (char **)memory(length * sizeof(char *)); }

void other(void) {
  char **all = list(9);
  all[0] = environ[0];
}

void own(char **argv) {
  char **env = list(2);
  env[0] = "A=b";
  env[1] = NULL;
  execve("/a", argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in own: explicit [none]
}

// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A helper that brings the parent's environment back through a pointer to `environ`.
#include <stdlib.h>
#include <unistd.h>

static char ***kept;
static char **saved;
static void put(char ***array, char **value) { *array = value; }
static void pass(char ***array, char **value) { put(array, value); }
static void maybe(char ***array, char **value) {
  *array = NULL;
  if (!value) return;
  *array = value;
}
static void keep(char ***array) { kept = array; }
static void back(void) { *kept = saved; }

void directly(char **argv) {
  char **old = environ;
  clearenv();
  put(&environ, old);
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in directly: {{forwarded|extended|unknown}} [envleak-
}

void handed_on(char **argv) {
  char **old = environ;
  clearenv();
  pass(&environ, old);
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in handed_on: {{forwarded|extended|unknown}} [envleak-
}

void on_some_path(char **argv) {
  char **old = environ;
  maybe(&environ, old);
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in on_some_path: {{forwarded|extended|unknown}} [envleak-
}

void later(char **argv) {
  saved = environ;
  keep(&environ);
  clearenv();
  back();
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in later: {{forwarded|extended|unknown}} [envleak-
}

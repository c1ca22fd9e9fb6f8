// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// What other calls pass is not what this one passes.
#include <stddef.h>
#include <unistd.h>

typedef void (*visit)(const char *name, void *data);

static void spawns(const char *name, void *data) {
  execve((const char *)data, (char *[]){(char *)name, NULL}, (char *[]){"PATH=/bin", NULL});
}
static void spawns_empty(const char *name, void *data) {
  execve((const char *)data, (char *[]){(char *)name, NULL}, (char *[]){NULL});
}
static void harmless(const char *name, void *data) { *(const char **)data = name; }

static void each(visit callback, void *data) { callback("a", data); }
static void twice(visit callback, void *data) {
  visit copy = callback;
  each(copy, data);
}
static void optional(visit callback, void *data) {
  if (callback) callback("a", data);
}
static void two(visit first, visit second, void *data, void *other) {
  first("a", data);
  second("b", other);
}

void other(char *program) {
  each(spawns, program);
  // CHECK: [[#@LINE-1]]: wrapper each in other: explicit
  each(spawns_empty, program);
  // CHECK: [[#@LINE-1]]: wrapper each in other: empty
  twice(spawns, program);
  optional(spawns, program);
  two(harmless, spawns, NULL, program);
  // CHECK: [[#@LINE-1]]: wrapper two in other: explicit
}

void passed(char *program) {
  each(harmless, program);
  each(NULL, program);
  twice(harmless, program);
  optional(NULL, program);
  two(harmless, harmless, NULL, program);
}
// CHECK-NOT: in passed
// CHECK: unit

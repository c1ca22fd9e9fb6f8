// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A call that passes a callback is a wrapper site if that callback starts what the call hands on.
#include <stddef.h>
#include <stdlib.h>
#include <unistd.h>

typedef void (*visit)(const char *name, void *data);

static void spawns(const char *name, void *data) {
  execv((const char *)data, (char *[]){(char *)name, NULL});
}
static void harmless(const char *name, void *data) { *(const char **)data = name; }

static void each(visit callback, void *data) {
  callback("a", data);
  // CHECK: [[#@LINE-1]]: wrapper callback in each: inherited
}
static void twice(visit callback, void *data) {
  visit copy = callback;
  each(copy, data);
  // CHECK: [[#@LINE-1]]: wrapper each in twice: inherited
}
static void with_default(visit callback, void *data) {
  if (!callback) callback = spawns;
  each(callback, data);
  // CHECK: [[#@LINE-1]]: wrapper each in with_default: inherited
}
static void replaced_by_unknown(visit (*choose)(void), void *data) {
  visit chosen = harmless;
  if (choose) chosen = choose();
  each(chosen, data);
  // CHECK: [[#@LINE-1]]: wrapper each in replaced_by_unknown: inherited
}
static void choose_into(visit *out) { *out = spawns; }
static void filled(void *data) {
  visit chosen = harmless;
  choose_into(&chosen);
  each(chosen, data);
  // CHECK: [[#@LINE-1]]: wrapper each in filled: inherited
}
static void by_turns(visit first, visit second, int depth, void *data) {
  if (depth == 0)
    first("a", data);
  else
    by_turns(second, first, depth - 1, data);
  // CHECK: [[#@LINE-1]]: wrapper by_turns in by_turns: inherited
}

struct walker {
  visit step;
};
static void walk(struct walker *walker, void *data) { each(walker->step, data); }
// CHECK: [[#@LINE-1]]: wrapper each in walk: inherited

static visit table[] = {harmless, spawns};
static visit current = harmless;

void passed(char *program, int which, visit unknown) {
  each(spawns, program);
  // CHECK: [[#@LINE-1]]: wrapper each in passed: inherited
  twice(&spawns, program);
  // CHECK: [[#@LINE-1]]: wrapper twice in passed: inherited
  each(which ? harmless : spawns, program);
  // CHECK: [[#@LINE-1]]: wrapper each in passed: inherited
  each((visit)(void *)spawns, program);
  // CHECK: [[#@LINE-1]]: wrapper each in passed: inherited
  each(table[which], program);
  // CHECK: [[#@LINE-1]]: wrapper each in passed: inherited
  each(unknown, program);
  // CHECK: [[#@LINE-1]]: wrapper each in passed: inherited
  with_default(NULL, program);
  // CHECK: [[#@LINE-1]]: wrapper with_default in passed: inherited
  replaced_by_unknown(NULL, program);
  // CHECK: [[#@LINE-1]]: wrapper replaced_by_unknown in passed: inherited
  filled(program);
  // CHECK: [[#@LINE-1]]: wrapper filled in passed: inherited
  by_turns(harmless, spawns, 1, program);
  // CHECK: [[#@LINE-1]]: wrapper by_turns in passed: inherited
  by_turns(spawns, harmless, 2, program);
  // CHECK: [[#@LINE-1]]: wrapper by_turns in passed: inherited
  struct walker walker = {spawns};
  walk(&walker, program);
  // CHECK: [[#@LINE-1]]: wrapper walk in passed: inherited
  current = spawns;
  each(current, program);
  // CHECK: [[#@LINE-1]]: wrapper each in passed: inherited
}

// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A helper puts single variables, by a name it is given, in an environment that was cleared; by any name it may be one
// of the parent's, or all.
#include <stdlib.h>

static void set(const char *name, const char *value) { setenv(name, value, 1); }
static void keep(const char *name) {
  const char *value = getenv(name);
  if (value) set(name, value);
}

void named(const char *text) {
  clearenv();
  set("PATH", "/bin");
  set("HOST", text);
  system("a");
  // CHECK: [[#@LINE-1]]: direct system in named: filtered [none]{{.*}}: takes over HOST, PATH{{$}}
}

void any(const char *name) {
  clearenv();
  set(name, "a");
  system("a");
  // CHECK: [[#@LINE-1]]: direct system in any: unknown [envleak-unknown]
}

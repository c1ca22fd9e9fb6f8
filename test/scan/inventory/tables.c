// RUN: %envleak scan %s --fail-on never --format json -o %t.json --
// RUN: %python %S/../Inputs/units.py %t.json | %FileCheck %s
// Names from tables, by index or in a loop: each is listed at the read, with the table.
#include <stddef.h>
#include <stdlib.h>

static const char *const names[] = {"FIRST", "SECOND", NULL};
static const struct option {
  int kind;
  const char *env;
  int *value;
} options[] = {{1, "BY_PLACE", NULL}, {.env = "BY_NAME", .kind = 2}, {0}};
const char *changed[] = {"START", NULL};
static const char *get(const char *name) { return getenv(name); }

void by_index(void) {
  for (size_t i = 0; names[i]; ++i) getenv(names[i]);
  // A constant table holds all: no read of an unknown name is left here.
  // CHECK-NOT: getenv in by_index: None
  // CHECK: read {{.*}}:[[#@LINE-3]]:{{[0-9]+}}: getenv in by_index: FIRST
  // CHECK-NEXT: path {{.*}}:7:0: one of the names in 'names'
  // CHECK-NEXT: getenv in by_index: SECOND
  // CHECK-NEXT: path
}

void by_pointer(void) {
  for (const struct option *o = options; o->env; ++o) getenv(o->env);
  // CHECK: read {{.*}}:[[#@LINE-1]]:{{[0-9]+}}: getenv in by_pointer: BY_NAME
  // CHECK-NEXT: path {{.*}}:12:0: one of the names in 'options'
  // CHECK-NEXT: getenv in by_pointer: BY_PLACE
}

void by_element(unsigned i) {
  getenv(options[i].env);
  // CHECK: read {{.*}}:[[#@LINE-1]]:{{[0-9]+}}: getenv in by_element: BY_NAME
}

void through_wrapper(unsigned i) {
  const char *name = names[i];
  get(name);
  // CHECK: read {{.*}}:[[#@LINE-1]]:{{[0-9]+}}: get in through_wrapper: FIRST
  // CHECK-NEXT: path {{.*}}:7:0: one of the names in 'names'
  // CHECK-NEXT: path {{.*}}:14:{{[0-9]+}}: 'get' passes 'name' on to 'getenv'
}

void may_change(unsigned i) {
  getenv(changed[i]);
  // CHECK: read {{.*}}:[[#@LINE-1]]:{{[0-9]+}}: getenv in may_change: None
  // CHECK-NEXT: getenv in may_change: START
}

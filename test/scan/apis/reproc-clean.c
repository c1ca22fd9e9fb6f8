// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -isystem %S/headers
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// REPROC_ENV_EMPTY leaves nothing but what is added.
#include <reproc/run.h>
#include <stddef.h>

void empty(reproc_t *process, const char *const *argv) {
  reproc_options options = {0};
  options.env.behavior = REPROC_ENV_EMPTY;
  reproc_start(process, argv, options);
  // CHECK: [[#@LINE-1]]: direct reproc_start in empty: empty [none]
}
void own(const char *const *argv) {
  const char *list[] = {"LANG=C", NULL};
  reproc_options options = {0};
  options.env.behavior = REPROC_ENV_EMPTY;
  options.env.extra = list;
  reproc_run(argv, options);
  // CHECK: [[#@LINE-1]]: direct reproc_run in own: explicit [none]
}

// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -isystem %S/headers
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// The options' environment is added to the parent's.
#include <reproc/run.h>
#include <stddef.h>

void left_out(reproc_t *process, const char *const *argv) {
  reproc_options options = {0};
  reproc_start(process, argv, options);
  // CHECK: [[#@LINE-1]]: direct reproc_start in left_out: inherited
}
void added(const char *const *argv) {
  const char *own[] = {"LANG=C", NULL};
  reproc_options options = {0};
  options.env.extra = own;
  reproc_run(argv, options);
  // CHECK: [[#@LINE-1]]: direct reproc_run in added: extended
}

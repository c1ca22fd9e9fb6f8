// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -isystem %S/headers
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// Without the flag the child gets nothing, or the list.
#include <subprocess.h>
#include <stddef.h>

void all(const char *const *argv, struct subprocess_s *process) {
  const char *own[] = {"LANG=C", NULL};
  subprocess_create(argv, 0, process);
  // CHECK: [[#@LINE-1]]: direct subprocess_create in all: empty [none]
  subprocess_create(argv, subprocess_option_combined_stdout_stderr, process);
  // CHECK: [[#@LINE-1]]: direct subprocess_create in all: empty [none]
  subprocess_create_ex(argv, 0, NULL, process);
  // CHECK: [[#@LINE-1]]: direct subprocess_create_ex in all: empty [none]
  subprocess_create_ex(argv, 0, own, process);
  // CHECK: [[#@LINE-1]]: direct subprocess_create_ex in all: explicit [none]
}

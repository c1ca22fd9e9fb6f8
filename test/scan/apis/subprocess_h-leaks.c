// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -isystem %S/headers
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// Inheriting is asked for by a flag.
#include <subprocess.h>
#include <stddef.h>
extern char **environ;

void all(const char *const *argv, struct subprocess_s *process) {
  subprocess_create(argv, subprocess_option_inherit_environment, process);
  // CHECK: [[#@LINE-1]]: direct subprocess_create in all: inherited [envleak-inherited]
  subprocess_create(argv, subprocess_option_inherit_environment | subprocess_option_combined_stdout_stderr, process);
  // CHECK: [[#@LINE-1]]: direct subprocess_create in all: inherited
  subprocess_create_ex(argv, 0, (const char *const *)environ, process);
  // CHECK: [[#@LINE-1]]: direct subprocess_create_ex in all: forwarded
}

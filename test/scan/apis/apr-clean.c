// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -isystem %S/headers
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// APR_PROGRAM, which is the default, takes the array; NULL is an empty one.
#include <apr_thread_proc.h>
#include <stddef.h>

void all(const char *const *argv, apr_procattr_t *attributes, apr_pool_t *pool) {
  apr_proc_t child;
  const char *own[] = {"LANG=C", NULL};
  apr_proc_create(&child, "/bin/ls", argv, own, attributes, pool);
  // CHECK: [[#@LINE-1]]: direct apr_proc_create in all: explicit [none] program="/bin/ls"
  apr_proc_create(&child, "/bin/ls", argv, NULL, attributes, pool);
  // CHECK: [[#@LINE-1]]: direct apr_proc_create in all: empty [none]
}

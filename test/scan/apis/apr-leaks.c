// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -isystem %S/headers
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// These command types make apr_proc_create ignore its environment argument.
#include <apr_thread_proc.h>
#include <stddef.h>
extern char **environ;

void passed_on(const char *const *argv, apr_procattr_t *attributes, apr_pool_t *pool) {
  apr_proc_t child;
  apr_proc_create(&child, "/bin/ls", argv, (const char *const *)environ, attributes, pool);
  // CHECK: [[#@LINE-1]]: direct apr_proc_create in passed_on: forwarded
}
void ineffective(const char *const *argv, apr_pool_t *pool) {
  apr_proc_t child;
  apr_procattr_t *attributes;
  const char *own[] = {"LANG=C", NULL};
  apr_procattr_create(&attributes, pool);
  apr_procattr_cmdtype_set(attributes, APR_PROGRAM_ENV);
  apr_proc_create(&child, "/bin/ls", argv, own, attributes, pool);
  // CHECK: [[#@LINE-1]]: direct apr_proc_create in ineffective: inherited [envleak-ineffective]
}

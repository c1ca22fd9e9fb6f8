// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// Functions that look as if each call had memory of its own, and hand out the same again.
#include <stdlib.h>
#include <unistd.h>

static char **kept;
static char **once(void) {
  char **made;
  if (kept) return kept;
  made = malloc(9 * sizeof(char *));
  kept = made;
  return made;
}
static char **by_static(void) {
  static char **made;
  if (!made) made = malloc(9 * sizeof(char *));
  return made;
}
static void remember(char **array) { kept = array; }
static char **by_callee(void) {
  char **made = malloc(9 * sizeof(char *));
  remember(made);
  return made;
}
static char **by_address(void) {
  char **made = malloc(9 * sizeof(char *));
  char ***address = &made;
  kept = *address;
  return made;
}
static char **indirectly(int flag) { return flag ? once() : malloc(9 * sizeof(char *)); }

void fill(int flag) {
  char **a = once(), **b = by_static(), **c = by_callee(), **d = indirectly(flag), **e = by_address();
  a[0] = b[0] = c[0] = d[0] = e[0] = environ[0];
}

void use(char **argv, int flag) {
  char **env = once();
  env[1] = NULL;
  execve("/a", argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in use: {{unknown|extended}} [envleak-
  env = by_static();
  env[1] = NULL;
  execve("/a", argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in use: {{unknown|extended}} [envleak-
  env = by_callee();
  env[1] = NULL;
  execve("/a", argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in use: {{unknown|extended}} [envleak-
}

void through_another(char **argv, int flag) {
  char **env = indirectly(flag);
  env[1] = NULL;
  execve("/a", argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in through_another: {{unknown|extended}} [envleak-
}

void through_address(char **argv) {
  char **env = by_address();
  env[1] = NULL;
  execve("/a", argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in through_address: {{unknown|extended}} [envleak-
}

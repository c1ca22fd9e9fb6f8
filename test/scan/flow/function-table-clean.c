// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A table of wrappers; the caller gives the environment.
#include <unistd.h>

typedef int (*runner)(char **argv, char **env);
static int by_path(char **argv, char **env) { return execve(argv[0], argv, env); }
// CHECK: [[#@LINE-1]]: direct execve in by_path: {{from-caller|explicit}} [none]
static int by_name(char **argv, char **env) { return execvpe(argv[0], argv, env); }
// CHECK: [[#@LINE-1]]: direct execvpe in by_name: {{from-caller|explicit}} [none]
static const runner runners[] = {by_path, by_name};

int main(int argc, char **argv) {
  char *own[] = {"PATH=/bin", NULL};
  return runners[argc > 1](argv, own);
  // CHECK: [[#@LINE-1]]: {{indirect|wrapper}} runners in main: explicit [none]
}

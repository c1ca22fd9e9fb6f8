// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/Inputs/facts.py %t.json | %FileCheck %s
// Spawns through pointers that hold a spawn API or a wrapper; a name in parentheses is a direct call.
#include <stdlib.h>
#include <unistd.h>

struct operations {
  int (*other)(const char *);
  int (*run)(const char *, char *const *);
};
static int launch(const char *program, char *const *argv) { return execv(program, argv); }
static struct operations by_name = {.run = execvp};
static struct operations by_position = {NULL, launch};
static int (*variable)(const char *, char *const *);

static void call(int (*callback)(const char *)) {
  callback("ls");
  // CHECK: [[#@LINE-1]]: indirect callback in call: inherited [envleak-inherited] program="ls": 'system' has no environment argument
}

void all(char **argv, int (*unrelated)(const char *)) {
  by_name.run("a", argv);
  // CHECK: [[#@LINE-1]]: indirect run in all: inherited [envleak-inherited] program="a"
  by_position.run("b", argv);
  // CHECK: [[#@LINE-1]]: indirect run in all: inherited
  variable = &execvp;
  variable("c", argv);
  // CHECK: [[#@LINE-1]]: indirect variable in all: inherited
  (*variable)("d", argv);
  // CHECK: [[#@LINE-1]]: indirect variable in all: inherited
  (execvp)("e", argv);
  // CHECK: [[#@LINE-1]]: direct execvp in all: inherited
  call(system);
  unrelated("f");
  // CHECK-NOT: unrelated
}

// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// The caller has cleared the environment; a function of more calls than are followed one by one brings it back.
#include <stdlib.h>
#include <unistd.h>

static char **saved;
static void restore(void) { environ = saved; }
static void note(void) {}
#define FIVE note(), note(), note(), note(), note()

static int run(char **argv) {
  return execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in run: {{inherited|unknown}} [envleak-{{inherited|unknown}}]
}

static int many(char **argv) {
  FIVE, FIVE, FIVE, FIVE, FIVE;
  restore();
  return run(argv);
  // CHECK: [[#@LINE-1]]: wrapper run in many: {{inherited|unknown}} [
}

int main(int argc, char **argv) {
  (void)argc;
  saved = environ;
  clearenv();
  return many(argv);
  // CHECK: [[#@LINE-1]]: wrapper many in main: {{inherited|unknown}} [
}

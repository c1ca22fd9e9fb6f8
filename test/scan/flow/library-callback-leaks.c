// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A library function calls back what it is given, and that puts the environment back.
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

static char **saved;
static void restore(void) { environ = saved; }

void after(char **argv) {
  pthread_once_t once = PTHREAD_ONCE_INIT;
  saved = environ;
  clearenv();
  pthread_once(&once, restore);
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in after: {{inherited|forwarded|unknown}} [envleak-
}

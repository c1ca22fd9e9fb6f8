// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// Another thread puts the environment back while this one goes on.
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

static char **saved;
static void *restore(void *unused) {
  environ = saved;
  return unused;
}

void meanwhile(char **argv) {
  pthread_t thread;
  saved = environ;
  clearenv();
  pthread_create(&thread, NULL, restore, NULL);
  pthread_join(thread, NULL);
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in meanwhile: {{inherited|forwarded|unknown}} [envleak-
}

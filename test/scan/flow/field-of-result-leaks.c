// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A field that is set through what a function returns.
#include <stdlib.h>
#include <unistd.h>

struct job {
  char **env;
  char *own[9];
};
static struct job one;
static struct job *get(void) { return &one; }
static char *own[] = {"PATH=/bin", NULL};

void set(void) {
  get()->env = environ;
  get()->own[1] = environ[0];
}

void run(char **argv) {
  one.env = own;
  one.own[0] = "A=b";
  set();
  execve("/a", argv, one.env);
  // CHECK: [[#@LINE-1]]: direct execve in run: {{forwarded|unknown}} [envleak-
  execve("/a", argv, one.own);
  // CHECK: [[#@LINE-1]]: direct execve in run: {{extended|unknown}} [envleak-
}

void later(struct job *job, char **argv) {
  execve("/a", argv, get()->env);
  // CHECK: [[#@LINE-1]]: direct execve in later: {{forwarded|unknown}} [envleak-
}

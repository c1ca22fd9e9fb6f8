// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// An object that is changed through another pointer to it.
#include <stdlib.h>
#include <unistd.h>

struct job {
  char **env;
  char *own[10];
};
static struct job *kept;
static void keep(struct job *job) { kept = job; }
static void spoil(void) { kept->own[0] = environ[0]; }

void assigned(char **argv) {
  struct job job, *other;
  job.env = NULL;
  other = &job;
  other->env = environ;
  execve("/a", argv, job.env);
  // CHECK: [[#@LINE-1]]: direct execve in assigned: {{forwarded|unknown}} [envleak-
}

void known_elsewhere(char **argv) {
  struct job job;
  job.own[0] = "A=b";
  job.own[1] = NULL;
  keep(&job);
  spoil();
  execve("/a", argv, job.own);
  // CHECK: [[#@LINE-1]]: direct execve in known_elsewhere: {{extended|unknown}} [envleak-
}

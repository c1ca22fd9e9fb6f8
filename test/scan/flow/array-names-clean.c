// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// An array that has other names, through which nothing of the parent's is put in it.
#include <stdlib.h>
#include <unistd.h>

struct job {
  char **env;
  char *own[10];
};
static struct job current;
static char **shared;
static void keep(char **env) { current.env = env; }
static char **same(char **env) { return env; }
static void set(struct job *job) { job->env[0] = "C=d"; }
static void fill(char **env) { env[0] = "C=d"; }

void kept(char **argv) {
  char *env[] = {"A=b", NULL, NULL};
  keep(env);
  shared = env;
  execve("/a", argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in kept: explicit [none]
}

void returned(char **argv) {
  char *env[] = {"A=b", NULL};
  char **other = same(env);
  execve("/a", argv, other);
  // CHECK: [[#@LINE-1]]: direct execve in returned: explicit [none]
}

void in_an_object(char **argv) {
  char *env[] = {"A=b", NULL};
  struct job job = {env};
  set(&job);
  execve("/a", argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in in_an_object: explicit [none]
}

void field_filled(char **argv) {
  struct job job;
  job.own[0] = "A=b";
  job.own[1] = NULL;
  fill(job.own);
  execve("/a", argv, job.own);
  // CHECK: [[#@LINE-1]]: direct execve in field_filled: explicit [none]
}

void field_by_pointer(char **argv) {
  struct job job;
  job.own[0] = "A=b";
  job.own[1] = NULL;
  char **at = job.own;
  *at++ = "C=d";
  execve("/a", argv, job.own);
  // CHECK: [[#@LINE-1]]: direct execve in field_by_pointer: explicit [none]
}

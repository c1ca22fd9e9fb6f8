// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// An array that has another name: a field, a function's result, a global variable. What is put in it there counts.
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct job {
  char **env;
  char *own[10];
};
static struct job current;
static char **shared;
static void keep(char **env) { current.env = env; }
static void spoil(void) { current.env[0] = environ[0]; }
static char **same(char **env) { return env; }
static void spoil_job(struct job *job) { job->env[0] = environ[0]; }
static void spoil_shared(void) { shared[0] = environ[0]; }
static void fill(char **env) { env[0] = environ[0]; }
static void fill_deeper(char **env) { fill(env + 1); }

void kept(char **argv) {
  char *env[] = {"A=b", NULL, NULL};
  keep(env);
  spoil();
  execve("/a", argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in kept: {{extended|unknown}} [envleak-
}

void returned(char **argv) {
  char *env[] = {"A=b", NULL};
  char **other = same(env);
  other[0] = environ[0];
  execve("/a", argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in returned: {{extended|unknown}} [envleak-
}

void in_an_object(char **argv) {
  char *env[] = {"A=b", NULL};
  struct job job = {env};
  spoil_job(&job);
  execve("/a", argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in in_an_object: {{extended|unknown}} [envleak-
}

void in_a_designated_field(char **argv) {
  char *env[] = {"A=b", NULL};
  struct job job = {.env = env};
  spoil_job(&job);
  execve("/a", argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in in_a_designated_field: {{extended|unknown}} [envleak-
}

void in_a_global(char **argv) {
  char *env[] = {"A=b", NULL};
  shared = env;
  spoil_shared();
  execve("/a", argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in in_a_global: {{extended|unknown}} [envleak-
}

void in_a_chain(char **argv) {
  char *env[] = {"A=b", NULL};
  char **a, **b;
  a = b = env;
  a[0] = environ[0];
  execve("/a", argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in in_a_chain: {{extended|unknown}} [envleak-
}

void declared_in_a_chain(char **argv) {
  char *env[] = {"A=b", NULL};
  char **b, **a = b = env;
  a[0] = environ[0];
  execve("/a", argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in declared_in_a_chain: {{extended|unknown}} [envleak-
}

void field_filled(char **argv) {
  struct job job;
  job.own[0] = "A=b";
  job.own[1] = NULL;
  fill(job.own);
  execve("/a", argv, job.own);
  // CHECK: [[#@LINE-1]]: direct execve in field_filled: {{extended|unknown}} [envleak-
}

void field_filled_deeper(char **argv) {
  struct job job;
  job.own[0] = "A=b";
  job.own[1] = NULL;
  fill_deeper(job.own);
  execve("/a", argv, job.own);
  // CHECK: [[#@LINE-1]]: direct execve in field_filled_deeper: {{extended|unknown}} [envleak-
}

void field_by_pointer(char **argv) {
  struct job job;
  job.own[0] = "A=b";
  job.own[1] = NULL;
  char **at = job.own;
  *at++ = environ[0];
  execve("/a", argv, job.own);
  // CHECK: [[#@LINE-1]]: direct execve in field_by_pointer: {{extended|unknown}} [envleak-
}

void field_by_global(char **argv) {
  struct job job;
  job.own[0] = "A=b";
  job.own[1] = NULL;
  shared = job.own;
  spoil_shared();
  execve("/a", argv, job.own);
  // CHECK: [[#@LINE-1]]: direct execve in field_by_global: {{extended|unknown}} [envleak-
}

void field_as_a_block(char **argv) {
  struct job job;
  job.own[0] = "A=b";
  memcpy(job.own, environ, sizeof job.own);
  execve("/a", argv, job.own);
  // CHECK: [[#@LINE-1]]: direct execve in field_as_a_block: {{forwarded|extended}} [envleak-
}

void field_by_hook(char **argv, void (*hook)(char **)) {
  struct job job;
  job.own[0] = "A=b";
  job.own[1] = NULL;
  hook(job.own);
  execve("/a", argv, job.own);
  // CHECK: [[#@LINE-1]]: direct execve in field_by_hook: {{extended|unknown}} [envleak-
}

void object_by_hook(char **argv, void (*hook)(struct job *)) {
  struct job job;
  job.own[0] = "A=b";
  job.own[1] = NULL;
  hook(&job);
  execve("/a", argv, job.own);
  // CHECK: [[#@LINE-1]]: direct execve in object_by_hook: {{extended|unknown}} [envleak-
}

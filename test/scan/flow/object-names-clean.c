// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// An object whose address is given away is changed by nobody else: others are, by the same functions.
#include <stdlib.h>
#include <unistd.h>

struct job {
  struct job *next;
  char **env;
};
struct plain {
  struct plain *next;
  char **env;
};
static char *own[] = {"PATH=/bin", NULL};
static struct job *jobs;
static void set(struct job *job, char **env) { job->env = env; }
static void look(const struct job *job) {
  if (!job->env) abort();
}
static struct plain *plains;
static void keep(struct plain *plain) {
  plain->next = plains;
  plains = plain;
}

void all_of_them(void) {
  for (struct job *job = jobs; job; job = job->next) set(job, environ);
}

void given_only(char **argv) {
  struct job job = {NULL, NULL};
  set(&job, own);
  look(&job);
  execve("/a", argv, job.env);
  // CHECK: [[#@LINE-1]]: direct execve in given_only: explicit [none]
}

void one_other_name(char **argv) {
  struct job job = {NULL, own}, *other = &job;
  look(other);
  execve("/a", argv, job.env);
  // CHECK: [[#@LINE-1]]: direct execve in one_other_name: explicit [none]
}

void allocated(char **argv) {
  struct job *job = malloc(sizeof *job);
  job->env = own;
  look(job);
  execve("/a", argv, job->env);
  // CHECK: [[#@LINE-1]]: direct execve in allocated: explicit [none]
}

// It is kept, but nobody sets that field by the list.
void kept(char **argv) {
  struct plain plain = {NULL, NULL};
  keep(&plain);
  plain.env = own;
  execve("/a", argv, plain.env);
  // CHECK: [[#@LINE-1]]: direct execve in kept: explicit [none]
}

void two_of_them(char **argv) {
  struct job first = {NULL, own}, second = {NULL, environ};
  look(&first);
  look(&second);
  execve("/a", argv, first.env);
  // CHECK: [[#@LINE-1]]: direct execve in two_of_them: explicit [none]
}

// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A field is changed through its own address, another member of its union, another element's index.
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct field_pointer_job {
  char **env;
  char *own[10];
  int n;
};

void field_pointer(char **argv) {
  struct field_pointer_job job;
  job.env = NULL;
  char ***p = &job.env;
  *p = environ;
  execve("/a", argv, job.env);
  // CHECK: [[#@LINE-1]]: direct execve in field_pointer: {{forwarded|extended|unknown}} [envleak-
}

struct array_of_structs_rev_job {
  char **env;
  char *own[10];
  int n;
};
void array_of_structs_rev(char **argv, int i) {
  struct array_of_structs_rev_job jobs[2];
  jobs[1].env = environ;
  jobs[0].env = NULL;
  execve("/a", argv, jobs[1].env);
  // CHECK: [[#@LINE-1]]: direct execve in array_of_structs_rev: {{forwarded|extended|unknown}} [envleak-
}

struct union_job {
  char **env;
  char *own[10];
  int n;
};
void one_of(char **argv) {
  union {
    char **env;
    void *any;
    struct union_job *j;
  } u;
  u.env = NULL;
  u.any = environ;
  execve("/a", argv, u.env);
  // CHECK: [[#@LINE-1]]: direct execve in one_of: {{forwarded|extended|unknown}} [envleak-
}

#define container_of(p, t, m) ((t *)((char *)(p) - __builtin_offsetof(t, m)))
struct index_loop_job {
  struct index_loop_job *next;
  char **env;
  char *own[10];
  int n;
};
void index_loop(char **argv, int n) {
  struct index_loop_job jobs[4] = {0};
  for (int i = 0; i < n; i++) jobs[i].env = i ? environ : NULL;
  execve("/a", argv, jobs[0].env);
  // CHECK: [[#@LINE-1]]: direct execve in index_loop: {{forwarded|extended|unknown}} [envleak-
}

struct mempcpy_union_job {
  char **env;
  char *own[10];
  unsigned wipe : 1;
  unsigned keep : 1;
};
void mempcpy_union(char **argv) {
  union {
    struct mempcpy_union_job j;
    char bytes[sizeof(struct mempcpy_union_job)];
  } u;
  struct mempcpy_union_job k = {environ};
  u.j.env = NULL;
  memcpy(u.bytes, &k, sizeof k);
  execve("/a", argv, u.j.env);
  // CHECK: [[#@LINE-1]]: direct execve in mempcpy_union: {{forwarded|extended|unknown}} [envleak-
}

void anon_union(char **argv) {
  struct {
    union {
      char **env;
      char **alias;
    };
  } s;
  s.env = NULL;
  s.alias = environ;
  execve("/a", argv, s.env);
  // CHECK: [[#@LINE-1]]: direct execve in anon_union: {{forwarded|extended|unknown}} [envleak-
}

void named_union(char **argv) {
  union {
    struct {
      char **env;
    } a;
    struct {
      char **other;
    } b;
  } s;
  s.a.env = NULL;
  s.b.other = environ;
  execve("/a", argv, s.a.env);
  // CHECK: [[#@LINE-1]]: direct execve in named_union: {{forwarded|extended|unknown}} [envleak-
}

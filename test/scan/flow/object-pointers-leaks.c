// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A local object is changed through a pointer that is set after its declaration, by a choice, in another object.
#include <stdlib.h>
#include <unistd.h>

struct field_pointer_assigned_job {
  char **env;
  char *own[10];
  int n;
};
void field_pointer_assigned(char **argv) {
  struct field_pointer_assigned_job job;
  char ***p;
  job.env = NULL;
  p = &job.env;
  *p = environ;
  execve("/a", argv, job.env);
  // CHECK: [[#@LINE-1]]: direct execve in field_pointer_assigned: {{forwarded|extended|unknown}} [envleak-
}

struct nested_ptr_job {
  char **env;
  char *own[10];
  int n;
};
struct nested_ptr_outer {
  struct nested_ptr_job job;
  struct nested_ptr_job *ptr;
};
void nested_ptr(char **argv) {
  struct nested_ptr_outer o;
  struct nested_ptr_job other;
  o.ptr = &o.job;
  o.job.env = NULL;
  o.ptr->env = environ;
  execve("/a", argv, o.job.env);
  // CHECK: [[#@LINE-1]]: direct execve in nested_ptr: {{forwarded|extended|unknown}} [envleak-
}

struct ternary_obj_job {
  char **env;
  char *own[10];
  int n;
};
void ternary_obj(char **argv, int w) {
  struct ternary_obj_job a, b;
  a.env = NULL;
  b.env = NULL;
  (w ? &a : &b)->env = environ;
  execve("/a", argv, a.env);
  // CHECK: [[#@LINE-1]]: direct execve in ternary_obj: {{forwarded|extended|unknown}} [envleak-
}

struct comma_job {
  char **env;
  char *own[10];
  int n;
};
void comma(char **argv) {
  struct comma_job a;
  a.env = NULL;
  (argv, &a)->env = environ;
  execve("/a", argv, a.env);
  // CHECK: [[#@LINE-1]]: direct execve in comma: {{forwarded|extended|unknown}} [envleak-
}

struct loop_struct_job {
  char **env;
  char *own[10];
  int n;
};
void loop_struct(char **argv) {
  struct loop_struct_job a, *p;
  a.env = NULL;
  for (p = &a; p < &a + 1; p++) p->env = environ;
  execve("/a", argv, a.env);
  // CHECK: [[#@LINE-1]]: direct execve in loop_struct: {{forwarded|extended|unknown}} [envleak-
}

struct swap_pointers_job {
  char **env;
  char *own[10];
  int n;
};
void swap_pointers(char **argv) {
  struct swap_pointers_job a = {0}, b = {0}, *p = &a, *q = &b, *t;
  b.env = environ;
  t = p;
  p = q;
  q = t;
  execve("/a", argv, p->env);
  // CHECK: [[#@LINE-1]]: direct execve in swap_pointers: {{forwarded|extended|unknown}} [envleak-
}

struct array_slot_job {
  char **env;
  char *own[10];
  int n;
};
void array_slot(char **argv) {
  struct array_slot_job a;
  struct array_slot_job *list[2];
  a.env = NULL;
  list[0] = &a;
  list[0]->env = environ;
  execve("/a", argv, a.env);
  // CHECK: [[#@LINE-1]]: direct execve in array_slot: {{forwarded|extended|unknown}} [envleak-
}

struct init_list_job {
  char **env;
  char *own[10];
  int n;
};
struct init_list_outer {
  struct init_list_job job;
  struct init_list_job *ptr;
};
void init_list(char **argv) {
  struct init_list_job a;
  a.env = NULL;
  struct init_list_outer o = {.ptr = &a};
  o.ptr->env = environ;
  execve("/a", argv, a.env);
  // CHECK: [[#@LINE-1]]: direct execve in init_list: {{forwarded|extended|unknown}} [envleak-
}

struct stmt_expr_job {
  char **env;
  char *own[10];
  unsigned wipe : 1;
  unsigned keep : 1;
};
void stmt_expr(char **argv) {
  struct stmt_expr_job a;
  a.env = NULL;
  struct stmt_expr_job *p = ({
    struct stmt_expr_job *q = &a;
    q;
  });
  p->env = environ;
  execve("/a", argv, a.env);
  // CHECK: [[#@LINE-1]]: direct execve in stmt_expr: {{forwarded|extended|unknown}} [envleak-
}

struct heap_job {
  char **env;
  char *own[10];
  unsigned wipe : 1;
  unsigned keep : 1;
};
void heap(char **argv) {
  struct heap_job *a = malloc(sizeof *a), *b;
  a->env = NULL;
  b = a;
  b->env = environ;
  execve("/a", argv, a->env);
  // CHECK: [[#@LINE-1]]: direct execve in heap: {{forwarded|extended|unknown}} [envleak-
}

struct param_alias_job {
  char **env;
  char *own[10];
  unsigned wipe : 1;
  unsigned keep : 1;
};
void param_alias(char **argv, struct param_alias_job *j) {
  struct param_alias_job *k;
  k = j;
  j->env = NULL;
  k->env = environ;
  execve("/a", argv, j->env);
  // CHECK: [[#@LINE-1]]: direct execve in param_alias: {{forwarded|extended|unknown}} [envleak-
}

struct reassigned_pointer_job {
  char **env;
  char *own[10];
  unsigned wipe : 1;
  unsigned keep : 1;
};
void reassigned_pointer(char **argv) {
  struct reassigned_pointer_job a = {0}, b = {0}, *p = &a;
  p->env = environ;
  p = &b;
  execve("/a", argv, a.env);
  // CHECK: [[#@LINE-1]]: direct execve in reassigned_pointer: {{forwarded|extended|unknown}} [envleak-
}

#define container_of(p, t, m) ((t *)((char *)(p) - __builtin_offsetof(t, m)))
struct ptr_end_job {
  struct ptr_end_job *next;
  char **env;
  char *own[10];
  int n;
};
void ptr_end(char **argv) {
  struct ptr_end_job jobs[4] = {0};
  for (struct ptr_end_job *p = jobs; p < jobs + 4; ++p) p->env = environ;
  execve("/a", argv, jobs[2].env);
  // CHECK: [[#@LINE-1]]: direct execve in ptr_end: {{forwarded|extended|unknown}} [envleak-
}

#define container_of(p, t, m) ((t *)((char *)(p) - __builtin_offsetof(t, m)))
struct select_read_job {
  struct select_read_job *next;
  char **env;
  char *own[10];
  int n;
};
static void select_read_select_job(struct select_read_job **p, struct select_read_job *a) { *p = a; }
void select_read(char **argv) {
  struct select_read_job a = {0}, *p;
  select_read_select_job(&p, &a);
  p->env = NULL;
  a.env = environ;
  execve("/a", argv, p->env);
  // CHECK: [[#@LINE-1]]: direct execve in select_read: {{forwarded|extended|unknown}} [envleak-
}

#define container_of(p, t, m) ((t *)((char *)(p) - __builtin_offsetof(t, m)))
struct copy_read_job {
  struct copy_read_job *next;
  char **env;
  char *own[10];
  int n;
};
void copy_read(char **argv, int w) {
  struct copy_read_job a = {0}, b = {0};
  a.env = environ;
  struct copy_read_job *p = w ? &a : &b, c;
  c = *p;
  execve("/a", argv, c.env);
  // CHECK: [[#@LINE-1]]: direct execve in copy_read: {{forwarded|extended|unknown}} [envleak-
}

#define container_of(p, t, m) ((t *)((char *)(p) - __builtin_offsetof(t, m)))
struct elvis_job {
  struct elvis_job *next;
  char **env;
  char *own[10];
  int n;
};
void elvis(char **argv, struct elvis_job *x) {
  struct elvis_job a = {0}, *p = x ?: &a;
  p->env = environ;
  execve("/a", argv, a.env);
  // CHECK: [[#@LINE-1]]: direct execve in elvis: {{forwarded|extended|unknown}} [envleak-
}

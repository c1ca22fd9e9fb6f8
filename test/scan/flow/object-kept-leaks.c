// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A local object is changed by functions that keep its address, or return it.
#include <pthread.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

struct returned_job {
  char **env;
  char *own[10];
  int n;
};
static struct returned_job *returned_get(struct returned_job *j) { return j; }
void returned(char **argv) {
  struct returned_job a;
  a.env = NULL;
  returned_get(&a)->env = environ;
  execve("/a", argv, a.env);
  // CHECK: [[#@LINE-1]]: direct execve in returned: {{forwarded|extended|unknown}} [envleak-
}

struct returned_var_job {
  char **env;
  char *own[10];
  int n;
};
static struct returned_var_job *returned_var_get(struct returned_var_job *j) { return j; }
void returned_var(char **argv) {
  struct returned_var_job a;
  a.env = NULL;
  struct returned_var_job *p = returned_var_get(&a);
  p->env = environ;
  execve("/a", argv, a.env);
  // CHECK: [[#@LINE-1]]: direct execve in returned_var: {{forwarded|extended|unknown}} [envleak-
}

struct kept_in_kept_job {
  char **env;
  char *own[10];
  int n;
};
struct kept_in_kept_outer {
  struct kept_in_kept_job job;
  struct kept_in_kept_job *ptr;
};
static struct kept_in_kept_outer *kept_in_kept_g_outer;
static void kept_in_kept_via_outer(void) { kept_in_kept_g_outer->ptr->env = environ; }
void kept_in_kept(char **argv) {
  struct kept_in_kept_job a;
  a.env = NULL;
  struct kept_in_kept_outer o = {.ptr = &a};
  kept_in_kept_g_outer = &o;
  kept_in_kept_via_outer();
  execve("/a", argv, a.env);
  // CHECK: [[#@LINE-1]]: direct execve in kept_in_kept: {{forwarded|extended|unknown}} [envleak-
}

struct passed_in_other_job {
  char **env;
  char *own[10];
  int n;
};
struct passed_in_other_outer {
  struct passed_in_other_job job;
  struct passed_in_other_job *ptr;
};
static void passed_in_other_take_outer(struct passed_in_other_outer *o) { o->ptr->env = environ; }
void passed_in_other(char **argv) {
  struct passed_in_other_job a;
  a.env = NULL;
  struct passed_in_other_outer o = {.ptr = &a};
  passed_in_other_take_outer(&o);
  execve("/a", argv, a.env);
  // CHECK: [[#@LINE-1]]: direct execve in passed_in_other: {{forwarded|extended|unknown}} [envleak-
}

struct thread_job {
  char **env;
  char *own[10];
  unsigned wipe : 1;
  unsigned keep : 1;
};
static void *thread_thread(void *arg) {
  struct thread_job *j = arg;
  j->env = environ;
  return NULL;
}
void thread(char **argv) {
  struct thread_job a;
  a.env = NULL;
  pthread_t t;
  pthread_create(&t, NULL, thread_thread, &a);
  pthread_join(t, NULL);
  execve("/a", argv, a.env);
  // CHECK: [[#@LINE-1]]: direct execve in thread: {{forwarded|extended|unknown}} [envleak-
}

struct qsort_job {
  char **env;
  char *own[10];
  unsigned wipe : 1;
  unsigned keep : 1;
};
static int qsort_cmp(const void *a, const void *b) {
  ((struct qsort_job *)a)->env = environ;
  return 0;
}
void sorted(char **argv) {
  struct qsort_job a[2];
  a[0].env = NULL;
  qsort(a, 2, sizeof *a, qsort_cmp);
  execve("/a", argv, a[0].env);
  // CHECK: [[#@LINE-1]]: direct execve in sorted: {{forwarded|extended|unknown}} [envleak-
}

struct variadic_job {
  char **env;
  char *own[10];
  unsigned wipe : 1;
  unsigned keep : 1;
};
static void variadic_vset(int n, ...) {
  va_list ap;
  va_start(ap, n);
  struct variadic_job *j = va_arg(ap, struct variadic_job *);
  j->env = environ;
  va_end(ap);
}
void variadic(char **argv) {
  struct variadic_job a;
  a.env = NULL;
  variadic_vset(1, &a);
  execve("/a", argv, a.env);
  // CHECK: [[#@LINE-1]]: direct execve in variadic: {{forwarded|extended|unknown}} [envleak-
}

struct const_param_job {
  char **env;
  char *own[10];
  unsigned wipe : 1;
  unsigned keep : 1;
};
static void const_param_setp(const struct const_param_job *j) {
  ((struct const_param_job *)j)->env = environ;
}
void const_param(char **argv) {
  struct const_param_job a;
  a.env = NULL;
  const_param_setp(&a);
  execve("/a", argv, a.env);
  // CHECK: [[#@LINE-1]]: direct execve in const_param: {{forwarded|extended|unknown}} [envleak-
}

struct number_job {
  char **env;
  char *own[10];
  unsigned wipe : 1;
  unsigned keep : 1;
};
static void number_by_num(unsigned long n) { ((struct number_job *)n)->env = environ; }
void number(char **argv) {
  struct number_job a;
  a.env = NULL;
  number_by_num((unsigned long)&a);
  execve("/a", argv, a.env);
  // CHECK: [[#@LINE-1]]: direct execve in number: {{forwarded|extended|unknown}} [envleak-
}

#define container_of(p, t, m) ((t *)((char *)(p) - __builtin_offsetof(t, m)))
struct list_job {
  struct list_job *next;
  char **env;
  char *own[10];
  int n;
};
static struct list_job *list_head;
static void list_add(struct list_job *j) {
  j->next = list_head;
  list_head = j;
}
static void list_deep(struct list_job *j) { list_add(j); }
static void list_all(void) {
  for (struct list_job *j = list_head; j; j = j->next) j->env = environ;
}
void list(char **argv) {
  struct list_job a = {0};
  list_deep(&a);
  list_all();
  execve("/a", argv, a.env);
  // CHECK: [[#@LINE-1]]: direct execve in list: {{forwarded|extended|unknown}} [envleak-
}

#define container_of(p, t, m) ((t *)((char *)(p) - __builtin_offsetof(t, m)))
struct list_set_between_job {
  struct list_set_between_job *next;
  char **env;
  char *own[10];
  int n;
};
static char *list_set_between_fixed[] = {"A=b", NULL};
static struct list_set_between_job *list_set_between_head;
static void list_set_between_add(struct list_set_between_job *j) {
  j->next = list_set_between_head;
  list_set_between_head = j;
}
static void list_set_between_deep(struct list_set_between_job *j) { list_set_between_add(j); }
static void list_set_between_all(void) {
  for (struct list_set_between_job *j = list_set_between_head; j; j = j->next) j->env = environ;
}
void list_set_between(char **argv) {
  struct list_set_between_job a = {0};
  list_set_between_deep(&a);
  a.env = list_set_between_fixed;
  list_set_between_all();
  execve("/a", argv, a.env);
  // CHECK: [[#@LINE-1]]: direct execve in list_set_between: {{forwarded|extended|unknown}} [envleak-
}

#define container_of(p, t, m) ((t *)((char *)(p) - __builtin_offsetof(t, m)))
struct struct_job {
  struct struct_job *next;
  char **env;
  char *own[10];
  int n;
};
static struct struct_job *struct_head;
static void struct_add(struct struct_job *j) {
  j->next = struct_head;
  struct_head = j;
}
static void struct_deep(struct struct_job *j) { struct_add(j); }
static void struct_all5(void) {
  struct struct_job b = {0};
  b.env = environ;
  *struct_head = b;
}
void as_a_whole(char **argv) {
  struct struct_job a = {0};
  struct_deep(&a);
  struct_all5();
  execve("/a", argv, a.env);
  // CHECK: [[#@LINE-1]]: direct execve in as_a_whole: {{forwarded|extended|unknown}} [envleak-
}

#define container_of(p, t, m) ((t *)((char *)(p) - __builtin_offsetof(t, m)))
struct own_job {
  struct own_job *next;
  char **env;
  char *own[10];
  int n;
};
static struct own_job *own_head;
static void own_add(struct own_job *j) {
  j->next = own_head;
  own_head = j;
}
static void own_deep(struct own_job *j) { own_add(j); }
static void own_all7(void) { own_head->own[1] = environ[0]; }
void own(char **argv) {
  struct own_job a = {0};
  a.own[0] = "A=b";
  own_deep(&a);
  own_all7();
  execve("/a", argv, a.own);
  // CHECK: [[#@LINE-1]]: direct execve in own: {{forwarded|extended|unknown}} [envleak-
}

#define container_of(p, t, m) ((t *)((char *)(p) - __builtin_offsetof(t, m)))
struct select_select_job {
  struct select_select_job *next;
  char **env;
  char *own[10];
  int n;
};
static void select_select_job(struct select_select_job **p, struct select_select_job *a) { *p = a; }
void selected(char **argv) {
  struct select_select_job a = {0}, *p;
  select_select_job(&p, &a);
  p->env = environ;
  execve("/a", argv, a.env);
  // CHECK: [[#@LINE-1]]: direct execve in selected: {{forwarded|extended|unknown}} [envleak-
}

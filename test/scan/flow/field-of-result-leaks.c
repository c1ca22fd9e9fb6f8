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

// A global object, and one that is had by a pointer, which a function changes that is called in between.
struct task {
  char **env;
};
static struct task task;
static struct task *current;
static void direct(void) { task.env = environ; }
static void deeper(int count) {
  if (count > 0) deeper(count - 1);
  direct();
}
static void by_pointer(void) { current->env = environ; }
static void other(void) { write(2, "x", 1); }

void global(char **argv) {
  task.env = own;
  direct();
  execve("/a", argv, task.env);
  // CHECK: [[#@LINE-1]]: direct execve in global: {{forwarded|unknown}} [envleak-
  task.env = own;
  deeper(3);
  execve("/a", argv, task.env);
  // CHECK: [[#@LINE-1]]: direct execve in global: {{forwarded|unknown}} [envleak-
}

void pointer(struct task *given, char **argv) {
  given->env = own;
  by_pointer();
  execve("/a", argv, given->env);
  // CHECK: [[#@LINE-1]]: direct execve in pointer: {{forwarded|unknown}} [envleak-
}

void unchanged(struct task *given, char **argv) {
  given->env = own;
  task.env = own;
  other();
  execve("/a", argv, given->env);
  // CHECK: [[#@LINE-1]]: direct execve in unchanged: explicit [none]
  execve("/a", argv, task.env);
  // CHECK: [[#@LINE-1]]: direct execve in unchanged: explicit [none]
}

// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A command vector that other functions fill, through pointers, element by element.
#include <stdarg.h>
#include <stddef.h>
#include <unistd.h>

struct words {
  const char **v;
  size_t count;
};
struct child {
  struct words args, env;
};
void words_push(struct words *, const char *);
void words_pushv(struct words *, const char **);

static void prepare(struct words *out, const struct child *child) {
  words_push(out, "/bin/sh");
  words_pushv(out, child->args.v);
}
static int start(struct child *child) {
  struct words all = {NULL, 0};
  prepare(&all, child);
  return execv(all.v[1], (char **)all.v + 1);
  // CHECK: [[#@LINE-1]]: direct execv in start: inherited
}

int run_vector(const char **argv) {
  struct child child = {{NULL, 0}, {NULL, 0}};
  words_pushv(&child.args, argv + 1);
  return start(&child);
  // CHECK: [[#@LINE-1]]: wrapper start in run_vector: inherited
}
int run_program(const char *program) {
  struct child child = {{NULL, 0}, {NULL, 0}};
  words_push(&child.args, program);
  words_push(&child.args, "--help");
  return start(&child);
  // CHECK: [[#@LINE-1]]: wrapper start in run_program: inherited
}
int run_list(const char *first, ...) {
  const char *argv[10];
  int count = 0;
  va_list rest;
  va_start(rest, first);
  argv[count++] = first;
  while ((argv[count++] = va_arg(rest, char *)))
    ;
  va_end(rest);
  return run_vector(argv);
  // CHECK: [[#@LINE-1]]: wrapper run_vector in run_list: inherited
}

void callers(const char **argv) {
  run_vector(argv);
  // CHECK: [[#@LINE-1]]: wrapper run_vector in callers: inherited
  run_program(argv[0]);
  // CHECK: [[#@LINE-1]]: wrapper run_program in callers: inherited
  run_list(argv[0], argv[1], NULL);
  // CHECK: [[#@LINE-1]]: wrapper run_list in callers: inherited
}

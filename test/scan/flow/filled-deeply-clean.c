// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// Helpers that fill an array with constants, or with what they are given, which is nothing of the parent's.
#include <stdlib.h>
#include <unistd.h>

static void copy(char **to, char **from) {
  while (*from) *to++ = *from++;
  *to = NULL;
}
static void copy_at_last(char **to, char **from, int count) {
  if (count > 0) {
    copy_at_last(to, from, count - 1);
    return;
  }
  to[0] = from[0];
  to[1] = NULL;
}
static void choose(char ***out, int flag) {
  char **own = calloc(2, sizeof *own);
  own[0] = "A=b";
  *out = own;
  if (flag) *out = NULL;
}
static int put(char **env, int at, char *entry) {
  env[at] = entry;
  return at + 1;
}
static void nothing(char **env) { *env = NULL; }

void copied(char **argv) {
  static char *own[] = {"A=b", NULL};
  char *env[1000];
  copy(env, own);
  execve("/a", argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in copied: explicit [none]
}

void recursively(char **argv) {
  static char *own[] = {"A=b", NULL};
  char *env[2];
  copy_at_last(env, own, 3);
  execve("/a", argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in recursively: explicit [none]
}

void chosen(char **argv, int flag) {
  char **env;
  choose(&env, flag);
  execve("/a", argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in chosen: explicit [none]
}

void one_by_one(char **argv) {
  char *env[3];
  int count = put(env, 0, "A=b");
  count = put(env, count, "C=d");
  env[count] = NULL;
  execve("/a", argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in one_by_one: explicit [none]
}

void emptied(char **argv) {
  char *env[3];
  nothing(env);
  execve("/a", argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in emptied: empty [none]
}

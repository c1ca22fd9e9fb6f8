// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// Helpers that fill an array with what they are given, by way of others, or leave the parent's in on some path.
#include <stdlib.h>
#include <unistd.h>

static void copy(char **to, char **from) {
  while (*from) *to++ = *from++;
  *to = NULL;
}
static void copy_at_last(char **to, char **from, int count) {
  if (count > 0) {
    copy_at_last(to, environ, count - 1);
    return;
  }
  to[0] = from[0];
  to[1] = NULL;
}
static void choose(char ***out, int flag) {
  static char *own[] = {"A=b", NULL};
  *out = own;
  if (flag) *out = environ;
}
static void put(char **env, char *entry) { env[0] = entry; }
static void put_deeper(char **env, char *entry) { put(env, entry); }

void copied(char **argv) {
  char *env[1000];
  copy(env, environ);
  execve("/a", argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in copied: {{forwarded|extended|unknown}} [envleak-
}

void with_other_arguments(char **argv) {
  static char *own[] = {"A=b", NULL};
  char *env[2];
  copy_at_last(env, own, 3);
  execve("/a", argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in with_other_arguments: {{forwarded|extended|unknown}} [envleak-
}

static void give_and_spoil(char ***out, char **argv) {
  char **own = calloc(2, sizeof *own);
  own[0] = "A=b";
  *out = own;
  (*out)[1] = environ[0];
  execve("/a", argv, own);
  // CHECK: [[#@LINE-1]]: direct execve in give_and_spoil: {{extended|unknown}} [envleak-
}
void given_and_spoiled(char **argv) {
  char **env;
  give_and_spoil(&env, argv);
  execve("/a", argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in given_and_spoiled: {{extended|unknown}} [envleak-
}
static void give(char ***out) {
  char **own = calloc(2, sizeof *own);
  own[0] = "A=b";
  *out = own;
}
void spoiled_after(char **argv) {
  char **env;
  give(&env);
  env[1] = environ[0];
  execve("/a", argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in spoiled_after: {{extended|unknown}} [envleak-
}

void chosen(char **argv, int flag) {
  char **env;
  choose(&env, flag);
  execve("/a", argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in chosen: forwarded [envleak-forwarded]
}

void any_entry(char **argv) {
  char *env[2] = {"A=b", NULL};
  put_deeper(env, environ[3]);
  execve("/a", argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in any_entry: {{extended|unknown}} [envleak-
}

void looked_up(char **argv) {
  char *env[2] = {"A=b", NULL};
  put(env, getenv("ANY"));
  execve("/a", argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in looked_up: {{extended|unknown}} [envleak-
}

static void look(char **env) { (void)env; }
void never_filled(char **argv) {
  char *env[10];
  look(env);
  execve("/a", argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in never_filled: unknown [envleak-unknown]
}

void not_seen(char **env);
static void hand_on(char **env) { not_seen(env); }
void handed_on(char **argv) {
  char *env[2] = {"A=b", NULL};
  hand_on(env);
  execve("/a", argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in handed_on: unknown [envleak-unknown]
}

void by_turns(char **argv) {
  char *one[10] = {"A=b", NULL}, *two[10] = {"A=b", NULL};
  copy(one, two);
  copy(two, one);
  put(two, environ[0]);
  copy(one, two);
  execve("/a", argv, one);
  // CHECK: [[#@LINE-1]]: direct execve in by_turns: {{extended|unknown}} [envleak-
}

// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -std=c++20
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// What a lambda captures: the value when it is made, if it is a copy; values of the caller.
#include <cstdlib>
#include <unistd.h>

static char *own[] = {const_cast<char *>("PATH=/bin"), nullptr};
static char *none[] = {nullptr};

void copied(char **argv) {
  char **env = own;
  auto run = [=] { execve("/a", argv, env); };
  env = environ;
  run();
  // CHECK: [[#@LINE-3]]: direct execve in copied::(lambda): explicit [none]
}

void renamed(char **argv) {
  auto run = [args = argv, env = own] { execve("/a", args, env); };
  run();
  // CHECK: [[#@LINE-2]]: direct execve in renamed::(lambda): explicit [none]
}

static void of_caller(char **argv, char **env) {
  auto run = [&] { execve("/a", argv, env); };
  run();
}
void calls(char **argv) {
  of_caller(argv, none);
  // CHECK: [[#@LINE-1]]: wrapper of_caller in calls: empty
}

static void passed_on(char **argv, char **env) {
  auto within = [&](char **args) { execve("/a", args, env); };
  within(argv);
}
void calls_that(char **argv) {
  passed_on(argv, own);
  // CHECK: [[#@LINE-1]]: wrapper passed_on in calls_that: explicit
}

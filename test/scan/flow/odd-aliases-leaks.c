// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// An element may be named the other way round, through a number that was a pointer, or one of two arrays.
#include <stdint.h>
#include <unistd.h>

void the_other_way_round(char **argv) {
  char *env[] = {"A=b", NULL};
  0 [env] = environ[0];
  execve("/a", argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in the_other_way_round: {{extended|unknown}} [envleak-
}

void through_a_number(char **argv) {
  char *env[] = {"A=b", NULL};
  uintptr_t place = (uintptr_t)env;
  *(char **)place = environ[0];
  execve("/a", argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in through_a_number: {{extended|unknown}} [envleak-
}

void one_of_two(char **argv, int which) {
  char *env[] = {"A=b", NULL};
  char *other[] = {"C=d", NULL};
  (which ? env : other)[0] = environ[0];
  execve("/a", argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in one_of_two: {{extended|unknown}} [envleak-
}

void behind_a_comma(char **argv) {
  char *env[] = {"A=b", NULL};
  *(0, env) = environ[0];
  execve("/a", argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in behind_a_comma: {{extended|unknown}} [envleak-
}

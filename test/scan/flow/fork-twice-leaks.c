// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// The same question asked twice: the other answer, another value, a change in between.
#include <stdlib.h>
#include <unistd.h>

void the_parent(char **argv) {
  pid_t child = fork();
  if (child == 0) clearenv();
  chdir("/");
  if (child != 0) execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in the_parent: inherited [envleak-
}

void another_value(char **argv) {
  pid_t child = fork();
  if (child == 0) clearenv();
  child = getpid();
  if (child == 0) execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in another_value: inherited [envleak-
}

void by_its_address(char **argv) {
  pid_t child = fork(), *other = &child;
  if (child == 0) clearenv();
  *other = 0;
  if (child == 0) execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in by_its_address: inherited [envleak-
}

void set_again(char **argv) {
  char **all = environ;
  pid_t child = fork();
  if (child == 0) clearenv();
  environ = all;
  if (child == 0) execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in set_again: forwarded [envleak-
}

void otherwise(char **argv) {
  pid_t child = fork();
  if (child) {
    clearenv();
  }
  if (!child) execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in otherwise: inherited [envleak-
}

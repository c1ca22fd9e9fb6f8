// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A text that is computed from the parent's environment, or of which that is not known: at least a variable is taken over.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int level(void);

void number(char **argv) {
  char text[32];
  snprintf(text, sizeof text, "LEVEL=%d", atoi(getenv("LEVEL")));
  char *env[] = {text, NULL};
  execve("/a", argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in number: filtered [none]
}

void number_kept(char **argv) {
  char text[32];
  int number = 0;
  number = atoi(getenv("LEVEL"));
  snprintf(text, sizeof text, "LEVEL=%d", number);
  char *env[] = {text, NULL};
  execve("/a", argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in number_kept: filtered [none]
}

void number_of_another(char **argv) {
  char text[32];
  snprintf(text, sizeof text, "LEVEL=%d", level());
  char *env[] = {text, NULL};
  execve("/a", argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in number_of_another: filtered [none]
}

void string(char **argv, char *given) {
  char text[32];
  snprintf(text, sizeof text, "LEVEL=%s", given);
  char *env[] = {text, NULL};
  execve("/a", argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in string: filtered [none]
}

void name(char **argv, char *given) {
  char text[32];
  snprintf(text, sizeof text, "%s=%d", given, 1);
  char *env[] = {text, NULL};
  execve("/a", argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in name: unknown [envleak-unknown]
}

void written_over(char **argv, int number) {
  char text[32];
  snprintf(text, sizeof text, "LEVEL=%d", number);
  strcpy(text, environ[0]);
  char *env[] = {text, NULL};
  execve("/a", argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in written_over: unknown [envleak-unknown]
}

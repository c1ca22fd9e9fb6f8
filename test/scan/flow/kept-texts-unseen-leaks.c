// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// What is kept in structures is some of the parent's, or from elsewhere: neither known to be all, nor to be none.
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct listed {
  const char *text;
} listed[10];
struct plain {
  const char *text;
} plain[10];
int is_wanted(const char *entry);

static void import(void) {
  int count = 0;
  for (char **at = environ; *at; at++)
    if (is_wanted(*at)) listed[count++].text = *at;
}

void some(char **argv) {
  char *env[10];
  import();
  for (int i = 0; i < 9; ++i) env[i] = (char *)listed[i].text;
  execve("/a", argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in some: unknown [envleak-unknown]
}

void constants(char **argv) {
  char *env[2] = {NULL, NULL};
  plain[0].text = "A=b";
  env[0] = (char *)plain[0].text;
  execve("/a", argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in constants: unknown [envleak-unknown]
}

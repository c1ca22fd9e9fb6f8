// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A field set in the same function to constants.
#include <unistd.h>

struct job {
  char **argv;
  char **env;
};

void local(char **argv) {
  char *own[] = {"PATH=/bin", NULL};
  struct job job = {argv, NULL};
  job.env = own;
  execve("/a", job.argv, job.env);
  // CHECK: [[#@LINE-1]]: direct execve in local: explicit [none]
}

// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A field that a designated initializer sets to constants, or leaves out: NULL.
#include <unistd.h>

struct job {
  char **argv;
  const char *directory;
  char **env;
};

void given(char **argv) {
  struct job job = {.env = (char *[]){"PATH=/bin", NULL}, .argv = argv};
  execve("/a", job.argv, job.env);
  // CHECK: [[#@LINE-1]]: direct execve in given: explicit [none]
}

void left_out(char **argv) {
  struct job job = {.argv = argv};
  execve("/a", job.argv, job.env);
  // CHECK: [[#@LINE-1]]: direct execve in left_out: empty [none]
}

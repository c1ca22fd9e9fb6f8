// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// The caller has set the field to an array of its own.
#include <unistd.h>

struct job {
  char **argv;
  char **env;
};

static int run(struct job *job) { return execve("/a", job->argv, job->env); }
// CHECK: [[#@LINE-1]]: direct execve in run: {{explicit|from-caller}} [none]

int main(int argc, char **argv) {
  static char *own[] = {"PATH=/bin", NULL};
  struct job job = {0};
  job.argv = argv + argc - 1;
  job.env = own;
  return run(&job);
}
// CHECK-NOT: [envleak-

// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// The environment comes in a field that the caller has set.
#include <unistd.h>

struct job {
  char **argv;
  char **env;
};

static int run(struct job *job) { return execve("/a", job->argv, job->env); }

int main(int argc, char **argv) {
  struct job job;
  job.argv = argv + argc - 1;
  job.env = environ;
  return run(&job);
}
// CHECK: forwarded [envleak-forwarded]
// CHECK-NOT: [envleak-

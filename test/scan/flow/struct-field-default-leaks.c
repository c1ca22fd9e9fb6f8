// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A field that was not set means the parent's environment to this wrapper.
#include <unistd.h>

struct job {
  char **argv;
  char **env;
};

static int run(struct job *job) {
  return execve("/a", job->argv, job->env ? job->env : environ);
  // CHECK: [[#@LINE-1]]: direct execve in run: {{forwarded|from-caller}}
}

int main(int argc, char **argv) {
  struct job job = {.argv = argv + argc - 1};
  return run(&job);
}
// CHECK-NOT: unknown

// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A field set in the same function.
#include <unistd.h>

struct job {
  char **argv;
  char **env;
};

void local(char **argv) {
  struct job job = {argv, NULL};
  job.env = environ;
  execve("/a", job.argv, job.env);
  // CHECK: [[#@LINE-1]]: direct execve in local: forwarded [envleak-forwarded]
}

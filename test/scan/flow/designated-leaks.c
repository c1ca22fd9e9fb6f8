// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A field set by a designated initializer.
#include <unistd.h>

struct job {
  char **argv;
  const char *directory;
  char **env;
};

int main(int argc, char **argv) {
  struct job job = {.env = environ, .argv = argv + argc - 1};
  return execve("/a", job.argv, job.env);
  // CHECK: [[#@LINE-1]]: direct execve in main: forwarded [envleak-forwarded]
}

// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// SEI CERT ENV33: what a library function can do needs no program. Nor does a question: is there a shell?
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int forget(void) {
  struct passwd *user = getpwuid(getuid());
  char path[4096];
  if (user == NULL || system(NULL) == 0) return -1;
  if (snprintf(path, sizeof path, "%s/.config/worker", user->pw_dir) >= (int)sizeof path) return -1;
  return unlink(path);
}
// CHECK-NOT: direct
// CHECK: env33-compliant-call.c: complete

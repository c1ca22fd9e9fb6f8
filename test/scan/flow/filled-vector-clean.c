// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A string that is only an argument, or a setting, does not make its giver a wrapper.
#include <stddef.h>
#include <unistd.h>

struct words {
  const char **v;
  size_t count;
};
void words_push(struct words *, const char *);
void use_folder(struct words *, const char *);

int list_folder(const char *folder) {
  struct words args = {NULL, 0};
  words_push(&args, "/bin/ls");
  words_push(&args, folder);
  return execve(args.v[0], (char **)args.v, (char *[]){"PATH=/bin", NULL});
  // CHECK: [[#@LINE-1]]: direct execve in list_folder: explicit
}
int in_folder(const char *folder) {
  struct words args = {NULL, 0};
  use_folder(&args, folder);
  return execve(args.v[0], (char **)args.v, (char *[]){"PATH=/bin", NULL});
  // CHECK: [[#@LINE-1]]: direct execve in in_folder: explicit
}
void callers(const char *folder) {
  list_folder(folder);
  in_folder(folder);
}
// CHECK-NOT: wrapper

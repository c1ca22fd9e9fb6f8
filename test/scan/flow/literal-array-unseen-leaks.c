// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// An element whose name is not known may be any variable.
#include <unistd.h>

char *setting_of(int number);

void unseen(char **argv, int number) {
  char *env[] = {"PATH=/bin", setting_of(number), NULL};
  execve("/a", argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in unseen: unknown [envleak-unknown]
}

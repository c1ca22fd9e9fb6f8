// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// SEI CERT ENV03: the environment is cleared, then set up from the system's own path.
#include <stdlib.h>
#include <unistd.h>

int list_today(void) {
  if (clearenv() != 0) return -1;
  size_t size = confstr(_CS_PATH, NULL, 0);
  char *path = size == 0 ? NULL : malloc(size);
  if (path == NULL || confstr(_CS_PATH, path, size) == 0) return -1;
  if (setenv("PATH", path, 1) != 0 || setenv("IFS", " \t\n", 1) != 0) return -1;
  return system("ls report.`date +%Y%m%d`");
  // CHECK: [[#@LINE-1]]: direct system in list_today: {{explicit|filtered}} [none]
}

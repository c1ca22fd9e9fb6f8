// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// What `envleak scan --fix` writes: the variables of a table of names, taken over from `environ`.
#include <string.h>
#include <unistd.h>

static char **child_environment(void)
{
  static const char *const names[] = {
      "PATH", "HOME"};
  static char *taken[sizeof names / sizeof names[0] + 1];
  char **variable;
  size_t count = 0, i;
  for (variable = environ; variable && *variable; ++variable)
    for (i = 0; i < sizeof names / sizeof names[0]; ++i) {
      size_t length = strlen(names[i]);
      if (strncmp(*variable, names[i], length) == 0 && (*variable)[length] == '=' &&
          count < sizeof names / sizeof names[0])
        taken[count++] = *variable;
    }
  taken[count] = 0;
  return taken;
}

void start(char **argv) {
  execve("/a", argv, child_environment());
  // CHECK: [[#@LINE-1]]: direct execve in start: filtered [none]{{.*}}HOME, PATH
}

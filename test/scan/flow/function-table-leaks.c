// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A table of commands, one of which inherits.
#include <string.h>
#include <unistd.h>

struct command {
  const char *name;
  int (*run)(char **argv);
};
static int inherit(char **argv) { return execvp(argv[0], argv); }
// CHECK: [[#@LINE-1]]: direct execvp in inherit: inherited [envleak-inherited]
static int nothing(char **argv) { return argv == NULL; }
static const struct command commands[] = {{"run", inherit}, {"nothing", nothing}};

int main(int argc, char **argv) {
  for (int i = 0; i < 2 && argc > 1; ++i)
    if (strcmp(commands[i].name, argv[1]) == 0) return commands[i].run(argv + 2);
  // CHECK: [[#@LINE-1]]: {{indirect|wrapper}} run in main: inherited
}

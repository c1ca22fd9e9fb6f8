// RUN: %python %S/../Inputs/compile_commands.py %t.cc.json %S given-with-isystem.c -D_GNU_SOURCE -isystem Inputs/vendor -- Inputs/launch.c -D_GNU_SOURCE -isystem Inputs/vendor
// RUN: %envleak scan -p %t.cc.json --fail-on never --format json -o %t.json
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// RUN: %envleak scan -p %t.cc.json --full --fail-on never --format json -o %t.full.json
// RUN: %python %S/../Inputs/facts.py %t.full.json | %FileCheck %s
// Functions whose headers are given with -isystem are the program's own all the same, if it has their definitions.
#include <launch.h>
#include <stdlib.h>
#include <unistd.h>

int plain(char **argv) {
  return launch(argv);
  // CHECK: [[#@LINE-1]]: wrapper launch in plain: inherited
}
int whole(char **argv) {
  return launch_in(argv, environ);
  // CHECK: [[#@LINE-1]]: wrapper launch_in in whole: forwarded [envleak-forwarded]
}
int own(char **argv) {
  return launch_in(argv, own_variables());
  // CHECK: [[#@LINE-1]]: wrapper launch_in in own: explicit [none]
}
int forgotten(char **argv) {
  forget();
  return execv(argv[0], argv);
  // CHECK: [[#@LINE-1]]: direct execv in forgotten: empty [none]
}
int added(char **argv) {
  clearenv();
  bring_back();
  return execv(argv[0], argv);
  // CHECK: [[#@LINE-1]]: direct execv in added: filtered [none]
}
int filled(char **argv) {
  char *environment[2];
  fill(environment);
  return execve(argv[0], argv, environment);
  // CHECK: [[#@LINE-1]]: direct execve in filled: unknown [envleak-unknown]{{.*}}comes from the parent's environment
}
// A library's function, whose definition is not here, changes nothing.
int others(char **argv) {
  clearenv();
  if (elsewhere("x")) return 1;
  return execv(argv[0], argv);
  // CHECK: [[#@LINE-1]]: direct execv in others: empty [none]
}
const char *read_through(void) { return setting("BY_SETTING"); }
// CHECK: [[#@LINE-1]]: read setting in read_through: BY_SETTING

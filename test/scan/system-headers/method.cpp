// RUN: %python %S/../Inputs/compile_commands.py %t.cc.json %S method.cpp -isystem Inputs/vendor -- Inputs/launcher.cpp -isystem Inputs/vendor
// RUN: %envleak scan -p %t.cc.json --fail-on never --format json -o %t.json
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// Methods of a class in a header that is given with -isystem.
#include <launch.h>
#include <unistd.h>

int whole(Launcher &launcher, char **argv) {
  return launcher.run(argv);
  // CHECK: [[#@LINE-1]]: wrapper run in whole: forwarded
}
int none(Launcher &launcher, char **argv) {
  char *nothing[] = {nullptr};
  return launcher.runIn(argv, nothing);
  // CHECK: [[#@LINE-1]]: wrapper runIn in none: empty [none]
}

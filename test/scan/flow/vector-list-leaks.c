// RUN: %envleak scan %s --fail-on never --format json -o %t.json --
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A pipeline's command vectors, kept one behind the other in a structure.
#include <unistd.h>

struct pipeline {
  char ***commands;
};
static void create(struct pipeline *pipeline, int which) {
  execvp(pipeline->commands[which][0], pipeline->commands[which]);
  // CHECK: [[#@LINE-1]]: direct execvp in create: inherited [envleak-inherited]
}
void run(struct pipeline *pipeline) {
  create(pipeline, 0);
  // CHECK: [[#@LINE-1]]: wrapper create in run: inherited
}

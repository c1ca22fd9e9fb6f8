// RUN: %envleak scan %s --fail-on never --format json -o %t.json --
// RUN: %python %S/Inputs/facts.py %t.json | %FileCheck %s
// A structure passed with an array of structures in it: libclang cannot evaluate its initializer as a number.
#include <unistd.h>

struct key {
  int position, flags;
};
struct keys {
  struct key buffer[4];
  struct key *keys;
  int count;
};
int fill(struct keys *keys);

void run(char **argv) {
  struct keys keys = {{{0}}, NULL, 0};
  if (fill(&keys)) execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in run: inherited
}

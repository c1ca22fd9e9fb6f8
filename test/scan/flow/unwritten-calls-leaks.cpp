// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -std=c++20
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// Destructors of temporaries, of what is deleted, of members, and at the end of a scope that is left early.
#include <cstdlib>
#include <memory>
#include <unistd.h>

static char **saved;
struct Restore {
  Restore() {}
  ~Restore() { environ = saved; }
};
struct Holder {
  Restore restore;
};

void temporary(char **argv) {
  clearenv();
  Restore();
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in temporary: {{inherited|forwarded|unknown}} [envleak-
}

void deleted(char **argv, Restore *restore) {
  clearenv();
  delete restore;
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in deleted: {{inherited|forwarded|unknown}} [envleak-
}

void member(char **argv) {
  {
    Holder holder;
    clearenv();
  }
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in member: {{inherited|forwarded|unknown}} [envleak-
}

void left_early(char **argv, int count) {
  while (count-- > 0) {
    Restore restore;
    clearenv();
    break;
  }
  clearenv();
  while (count-- > 0) {
    std::unique_ptr<Restore> restore(new Restore);
    if (count == 7) break;
  }
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in left_early: {{inherited|forwarded|unknown}} [envleak-
}

static void returns(int count) {
  Restore restore;
  if (count > 1) return;
  clearenv();
}

void in_a_callee(char **argv, int count) {
  clearenv();
  returns(count);
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in in_a_callee: {{inherited|forwarded|unknown}} [envleak-
}

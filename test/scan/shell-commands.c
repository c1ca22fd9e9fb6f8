// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/Inputs/facts.py %t.json | %FileCheck %s
// system, popen and wordexp run a shell; system(NULL) only asks whether there is one, however NULL is written.
#include <stdio.h>
#include <stdlib.h>
#include <wordexp.h>

#define NOTHING ((void *)0)

void all(void) {
  wordexp_t words;
  system("make " "all");
  // CHECK: [[#@LINE-1]]: direct system in all: inherited [envleak-inherited] program="make all"
  popen("ls", "r");
  // CHECK-NEXT: [[#@LINE-1]]: direct popen in all: inherited [envleak-inherited] program="ls"
  wordexp("$(ls)", &words, 0);
  // CHECK-NEXT: [[#@LINE-1]]: direct wordexp in all: inherited
  system(NULL);
  system(0);
  system(NOTHING);
  system((char *)((void *)0));
}
// CHECK-NEXT: unit shell-commands.c: complete

// What getenv finds for names that are none is what it finds without the probe.
//
// RUN: %cc -o %t %s
// RUN: %t > %t.native && %envleak record -o %t.trace -- %t > %t.recorded
// RUN: cmp %t.native %t.recorded && %FileCheck %s --input-file=%t.recorded
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void ask(const char* name) {
  const char* value = getenv(name);
  printf("<%s> %s\n", name, value ? value : "-");
}

int main(int argc, char** argv) {
  if (argc == 1) {
    char* odd[] = {"A=B=c", "=x", "=Y=z", "B", "C D=e", "A=second", NULL};
    execve(argv[0], (char*[]){argv[0], "again", NULL}, odd);
    return 1;
  }
  ask("A=B");   // CHECK: <A=B> c
  ask("A");     // CHECK-NEXT: <A> {{.+}}
  ask("A=");    // CHECK-NEXT: <A=> -
  ask("");      // CHECK-NEXT: <> -
  ask("=Y");    // CHECK-NEXT: <=Y> z
  ask("B");     // CHECK-NEXT: <B> -
  ask("C D");   // CHECK-NEXT: <C D> e
  unsetenv("A");
  setenv("A", "third", 1);
  ask("A");     // CHECK-NEXT: <A> third
  ask("A=B");   // CHECK-NEXT: <A=B> -
  return 0;
}

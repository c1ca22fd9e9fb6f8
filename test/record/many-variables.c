// Thousands of variables: the array no longer fits the stack of the hook.
//
// RUN: %cc -o %t %s
// RUN: %envleak record -o %t.trace -- %t && %python %S/Inputs/dump_trace.py %t.trace | %FileCheck %s
//
// CHECK: environment passed spawn=1 n=5001 {NAME0=h{{[0-9]+}} NAME1=
// CHECK: hello spawn=1
// CHECK: environment received spawn=0 n=5001 {NAME0=h{{[0-9]+}} NAME1={{.*}} NAME4999=h{{[0-9]+}} LAST=
#include <stdio.h>
#include <string.h>
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char** argv, char** envp) {
  static char* environment[5002];
  static char text[5000][40];
  char* arguments[] = {argv[0], "child", NULL};
  if (argc > 1) {
    int count = 0;
    while (envp[count]) ++count;
    return !(count == 5001 && !strcmp(getenv("NAME4999"), "value4999") && !strcmp(envp[5000], "LAST="));
  }
  for (int i = 0; i < 5000; ++i) {
    sprintf(text[i], "NAME%d=value%d", i, i);
    environment[i] = text[i];
  }
  environment[5000] = "LAST=";
  return execve("/proc/self/exe", arguments, environment);
}

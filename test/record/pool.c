// The strings of all environments are kept once for a recording: what one image writes into its own, no other sees, and
// when there are more of them than are kept, images do without.
//
// RUN: %cc -o %t %s
// RUN: env -i N=original M=1 %envleak record -o %t.trace -- %t | %FileCheck %s
// CHECK: parent original
// CHECK-NEXT: child original
// CHECK-NEXT: child Xriginal
// CHECK-NEXT: child original
// CHECK-NEXT: child Xriginal
// CHECK-NEXT: parent original
//
// RUN: env -i N=original %envleak record -o %t.trace -- %t 300
// RUN: %envleak check --trace %t.trace --format json > %t.json
// RUN: %python -c 'import json, sys; p = json.load(open(sys.argv[1]))["processes"][1:]; print(len(p), {x["observation"]["status"] for x in p}, {(r["kind"], r["name"]) for x in p for r in x["reads"]})' %t.json | %FileCheck %s --check-prefix=MANY
// MANY: 300 {'full'} {('touched', 'N')}
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

static char* valueOfN(void) {
  for (char** entry = environ; *entry; ++entry)
    if (strncmp(*entry, "N=", 2) == 0) return *entry + 2;
  return "";
}

static void run(char* program, char** environment) {
  if (fork() == 0) {
    execve(program, (char*[]){program, "child", NULL}, environment);
    _exit(1);
  }
  wait(NULL);
}

static void many(char* program, int children) {
  static char text[30][32];
  for (int child = 0; child < children; ++child) {
    char* environment[32] = {"N=original"};
    for (int i = 0; i < 30; ++i) {
      snprintf(text[i], sizeof text[i], "V%d=%d", i, child);
      environment[i + 1] = text[i];
    }
    if (fork() == 0) {
      execve(program, (char*[]){program, "looks", NULL}, environment);
      _exit(1);
    }
    wait(NULL);
  }
}

int main(int argc, char** argv) {
  if (argc > 1 && strcmp(argv[1], "looks") == 0) return *valueOfN() != 'o';
  if (argc > 1 && strcmp(argv[1], "child") != 0) {
    many(argv[0], atoi(argv[1]));
    return 0;
  }
  printf("%s %s\n", argc > 1 ? "child" : "parent", valueOfN());
  fflush(stdout);
  if (argc > 1) {
    *valueOfN() = 'X';
    printf("child %s\n", valueOfN());
    return 0;
  }
  run(argv[0], environ);
  run(argv[0], environ);
  printf("parent %s\n", valueOfN());
  return 0;
}

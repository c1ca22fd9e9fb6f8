// --deep tells where each value was looked at first, past getenv: by the program, by libc for it, in a thread, in a
// forked child. What is asked for by name stays `read`; looks stay `touched`.
// REQUIRES: page-fault-samples
// UNSUPPORTED: sanitized
//
// RUN: %cc -g -O1 -fno-inline -pthread -o %t %s
// RUN: env -i N1=1 N2=2 N3=3 N4=4 N5=5 N6=6 %envleak record --deep -o %t.trace -- %t > %t.out
// RUN: %envleak check --trace %t.trace | %FileCheck %s
// RUN: %envleak check --trace %t.trace --format json | %FileCheck %s --check-prefix=JSON
// CHECK-DAG: looked at N1 at {{.*}}deep.c:{{[0-9]+}} in direct()
// CHECK-DAG: looked at N2 at {{.*}}deep.c:{{[0-9]+}} in length()
// CHECK-DAG: looked at N3 at {{.*}}deep.c:{{[0-9]+}} in thread()
// CHECK-DAG: looked at N4 at {{.*}}deep.c:{{[0-9]+}} in child()
// CHECK-DAG: read N6 at {{.*}}deep.c:{{[0-9]+}} in main()
// CHECK-NOT: N5 at
// CHECK-NOT: Not seen
// JSON: "name": "N1",
// JSON-NEXT: "kind": "touched",
//
// Without it, only that they were:
// RUN: env -i N1=1 N2=2 N3=3 N4=4 N5=5 N6=6 %envleak record -o %t.trace -- %t > %t.out
// RUN: %envleak check --trace %t.trace | %FileCheck %s --check-prefix=WITHOUT
// WITHOUT: looked at N1{{$}}
//
// No descriptor is held, and nothing else changes:
// RUN: grep "descriptors: 3" %t.out
// RUN: env -i N1=1 N2=2 N3=3 N4=4 N5=5 N6=6 %envleak record --deep -o %t.trace -- %t | grep "descriptors: 3"
//
// More page faults than the buffer holds: what is lost is said.
// RUN: env -i N1=1 N2=2 N3=3 N4=4 N5=5 N6=6 %envleak record --deep -o %t.trace -- %t many > %t.out
// RUN: %envleak check --trace %t.trace | %FileCheck %s --check-prefix=MANY
// MANY: looked at N1{{$}}
// MANY: no-call-chains
#define _GNU_SOURCE
#include <dirent.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;
static volatile char sink;
static volatile size_t size;

static char* find(const char* name) {
  for (char** entry = environ; *entry; ++entry)
    if (!strncmp(*entry, name, 2) && (*entry)[2] == '=') return *entry + 3;
  return NULL;
}
static void direct(void) { sink = *find("N1"); }
static void length(void) { size = strlen(find("N2")); }
static void* thread(void* unused) {
  sink = *find("N3");
  return unused;
}
static void child(void) { sink = *find("N4"); }

int main(int argc, char** argv) {
  if (argc > 1) memset(malloc(64 << 20), 1, 64 << 20);
  direct();
  length();
  pthread_t other;
  pthread_create(&other, NULL, thread, NULL);
  pthread_join(other, NULL);
  if (fork() == 0) {
    child();
    exit(0);
  }
  wait(NULL);
  size = strlen(getenv("N6"));
  int count = -3;  // ".", "..", and the one that reads
  DIR* folder = opendir("/proc/self/fd");
  while (readdir(folder)) ++count;
  printf("descriptors: %d\n", count);
  return argc == 0;
}

// What libc reads itself has its caller: the program's own line, wherever libc is entered. So have callers that found
// libc's getenv past the search order. Where its code may not be changed, the values are still seen to be looked at.
//
// RUN: %cc -g -o %t %s
// RUN: env -u LC_ALL TZ=UTC LC_TIME=C POSIXLY_CORRECT=1 N=1 %envleak record -o %t.trace -- %t
// RUN: %envleak check --trace %t.trace --format json > %t.json
// RUN: %python %S/Inputs/read_lines.py %t.json | %FileCheck %s
//
// RUN: env TZ=UTC %envleak record -o %t.trace -- %t filtered
// RUN: %envleak check --trace %t.trace --format json > %t.json
// RUN: %python %S/Inputs/read_lines.py %t.json | %FileCheck %s --check-prefix=FILTERED
// FILTERED: p2 touched TZ
// RUN: %envleak check --trace %t.trace | %FileCheck %s --check-prefix=SPOT
// SPOT: libc-reads, 1 process (libc-reads.c.tmp): whether libc itself asks if a variable is set is not seen: a seccomp filter is in force
// RUN: env POSIXLY_CORRECT=1 %envleak record -o %t.trace -- %t filtered
// RUN: %envleak check --trace %t.trace | %FileCheck %s --check-prefix=UNKNOWN
// UNKNOWN: libc-presence, 1 process (libc-reads.c.tmp): whether libc itself asked if POSIXLY_CORRECT is set, which it is, was not seen
// RUN: env TZ=UTC %envleak record -o %t.trace -- %t refused
// RUN: %envleak check --trace %t.trace --format json > %t.json
// RUN: %python %S/Inputs/read_lines.py %t.json | %FileCheck %s --check-prefix=REFUSED
// REFUSED: p2 {{touched|read}} TZ
#define _GNU_SOURCE
#include <dlfcn.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <locale.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

static int again(const char* program) {
  execl(program, program, "time", (char*)NULL);
  return 1;
}

int main(int argc, char** argv) {
  time_t now = 0;
  if (argc > 1 && strcmp(argv[1], "filtered") == 0) {
    struct sock_filter allow[] = {BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)};
    struct sock_fprog filter = {1, allow};
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter);
    return again(argv[0]);
  }
  if (argc > 1 && strcmp(argv[1], "refused") == 0) {
    prctl(65 /* PR_SET_MDWE, Linux 6.3 */, 1, 0, 0, 0);
    return again(argv[0]);
  }
  if (argc > 1) return localtime(&now) == NULL;
  setlocale(LC_ALL, "");  // CHECK-DAG: p1 read LC_TIME libc-reads.c:[[@LINE]]
  localtime(&now);        // CHECK-DAG: p1 read TZ libc-reads.c:[[@LINE]]
  getopt(argc, argv, "");  // CHECK-DAG: p1 read POSIXLY_CORRECT libc-reads.c:[[@LINE]]
  char* (*ask)(const char*) = (char* (*)(const char*))dlsym(dlopen("libc.so.6", RTLD_NOW), "getenv");
  ask("N");  // CHECK-DAG: p1 read N libc-reads.c:[[@LINE]]
  execlp("true", "true", (char*)NULL);  // CHECK-DAG: p1 read PATH libc-reads.c:[[@LINE]]
  return 1;
}

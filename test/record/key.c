// The key of the hashes is in no file: not while the recording runs, nor when its recorder is killed. The program cannot
// see it in its environment; only the memory that the kernel put it in has it.
//
// RUN: %cc -o %t %s
// RUN: %status 137 %envleak record -o %t.trace -- %t kill > %t.key && grep -qE '^[0-9a-f]{32}$' %t.key
// RUN: grep -qa SOUGHT_AFTER %t.trace
// RUN: %python -c 'import sys; key = open(sys.argv[1]).read().strip(); trace = open(sys.argv[2], "rb").read(); assert key.encode() not in trace and bytes.fromhex(key) not in trace' %t.key %t.trace
//
// Another run has another one; a forked and an executed program have the same, so that equal values have equal hashes.
// RUN: %envleak record -o %t.trace -- %t > %t.other && %status 1 cmp -s %t.key %t.other
// RUN: env -i A=value %envleak record -o %t.trace -- %t again > %t.two && test "$(sort -u %t.two | wc -l)" = 1 && test "$(wc -l < %t.two)" = 2
// RUN: %python %S/Inputs/dump_trace.py %t.trace | %FileCheck %s
// CHECK: environment received {{.*}}{A=[[HASH:h[0-9]+]]}
// CHECK: environment at_call_passed {{.*}}{A=[[HASH]]}
// CHECK: environment received {{.*}}{A=[[HASH]]}
// CHECK: write setenv B [[HASH]]
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern char** environ;

// Above the environment's array the kernel has put its strings.
static const char* handle(void) {
  static char line[256];
  unsigned long start = 0, end = 0;
  FILE* maps = fopen("/proc/self/maps", "r");
  while (fgets(line, sizeof line, maps))
    if (strstr(line, "[stack]")) sscanf(line, "%lx-%lx", &start, &end);
  fclose(maps);
  for (const char* at = (const char*)environ; at + 14 < (const char*)end; ++at)
    if (memcmp(at, "ENVLEAK_TRACE=", 14) == 0) return at + 14;
  return NULL;
}

int main(int argc, char** argv) {
  const char* found = handle();
  if (!found || getenv("ENVLEAK_TRACE") || !strchr(found, ':')) return 1;
  printf("%.32s\n", strchr(found, ':') + 1);
  fflush(stdout);
  getenv("SOUGHT_AFTER");
  setenv("B", "value", 1);
  unsetenv("B");
  if (argc > 1 && strcmp(argv[1], "kill") == 0) kill(getppid(), SIGKILL);
  if (argc > 1 && strcmp(argv[1], "again") == 0) execl(argv[0], argv[0], (char*)NULL);
  return 0;
}

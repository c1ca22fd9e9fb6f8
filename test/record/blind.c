// Children that cannot be observed are named with the reason, and their environment is left as it is.
//
// RUN: %cc -static -o %t.static %s && %cc -o %t %s
// RUN: %envleak record -o %t.trace -- %t %t.static > %t.out
// RUN: %python %S/Inputs/dump_trace.py %t.trace > %t.dump
// RUN: %FileCheck %s --check-prefix=STATIC < %t.dump && %FileCheck %s --check-prefix=CLEAN < %t.out
// STATIC: spawn execv id=1 vforked=0 injected=0
// STATIC: blind spawn=1 {{.*}}blind.c.tmp.static static: it is linked statically
// CLEAN: probe entries: 0
//
// As the command itself:
// RUN: %status 0 %envleak record -o %t.trace -- %t.static > %t.out && %FileCheck %s --check-prefix=CLEAN < %t.out
// RUN: %python %S/Inputs/dump_trace.py %t.trace | %FileCheck %s --check-prefix=ITSELF
// ITSELF: blind spawn=0 {{.*}} static: it is linked statically
//
// A script counts as its interpreter:
// RUN: printf '#!%t.static\n' > %t.script && chmod +x %t.script
// RUN: %envleak record -o %t.trace -- %t %t.script > %t.out && %FileCheck %s --check-prefix=CLEAN < %t.out
// RUN: %python %S/Inputs/dump_trace.py %t.trace | %FileCheck %s --check-prefix=SCRIPT
// SCRIPT: blind spawn=1 {{.*}}.script static: its interpreter is linked statically
//
// Set-group-ID, to a group that is not ours:
// RUN: cp %t %t.setgid && (chgrp 1 %t.setgid 2> /dev/null || exit 1) && chmod 2755 %t.setgid && %envleak record -o %t.trace -- %t %t.setgid > %t.out && %python %S/Inputs/dump_trace.py %t.trace | %FileCheck %s --check-prefix=SETGID || test "$(id -u)" != 0
// SETGID: blind spawn=1 {{.*}}.setgid setuid: it is set-user-ID, set-group-ID or has capabilities
//
// Another architecture; the shell takes the failed exec for a script.
// RUN: %python -c 'import sys; d = bytearray(open(sys.argv[1], "rb").read()); d[18:20] = b"\xb7\0"; open(sys.argv[2], "wb").write(d)' %t %t.arm && chmod +x %t.arm
// RUN: %status 1 %envleak record -o %t.trace -- %t %t.arm
// RUN: %python %S/Inputs/dump_trace.py %t.trace | %FileCheck %s --check-prefix=FOREIGN
// FOREIGN: spawn execv id=1 vforked=0 injected=0
// FOREIGN: spawn_result id=1 error=8
//
// The trace is gone: nothing to attach to.
// RUN: %envleak record -o %t.trace -- sh -c 'rm %t.trace; %t %t' > %t.out && %FileCheck %s --check-prefix=CLEAN < %t.out
// RUN: %python %S/Inputs/dump_trace.py %t.trace | %FileCheck %s --check-prefix=GONE
// GONE: blind spawn=2 {{.*}} unreachable:
#include <stdio.h>
#include <string.h>
#include <unistd.h>

extern char** environ;

int main(int argc, char** argv) {
  char* arguments[] = {argv[0], NULL};
  if (argc > 1 && strstr(argv[argc - 1], ".script") == NULL) return execv(argv[1], arguments) != 0;
  if (argc > 1 && strstr(argv[0], ".static") == NULL) return execv(argv[1], arguments) != 0;
  int found = 0;
  for (char** entry = environ; *entry; ++entry)
    found += strstr(*entry, "ENVLEAK_TRACE") != NULL || strstr(*entry, "libenvleak") != NULL;
  printf("probe entries: %d\n", found);
  return 0;
}

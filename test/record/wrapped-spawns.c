// UNSUPPORTED: sanitized
// Another preload stands before libc's functions and looks them up to call them: it is still called, once, and what it
// starts is told once, at the program's line.
//
// RUN: %cc -g -fPIC -shared -DLIBRARY -o %t.so %s && %cc -g -o %t %s
// RUN: for api in execve posix_spawn system; do env LD_PRELOAD=%t.so %t $api > %t.native 2>&1 || exit 1; env LD_PRELOAD=%t.so %envleak record -o %t.trace -- %t $api > %t.recorded 2>&1 || exit 1; cmp %t.native %t.recorded || exit 1; cat %t.recorded; %envleak check --trace %t.trace --format json | %python %S/Inputs/spawn_lines.py; done > %t.lines
// RUN: %FileCheck %s < %t.lines
#define _GNU_SOURCE
#include <dlfcn.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

#ifdef LIBRARY
#define NEXT(function) ((__typeof__(&function))dlsym(RTLD_NEXT, #function))

static void say(const char* name) { dprintf(2, "wrapped %s\n", name); }

int execve(const char* path, char* const* arguments, char* const* environment) {
  say("execve");
  return NEXT(execve)(path, arguments, environment);
}
int posix_spawn(pid_t* pid, const char* path, const posix_spawn_file_actions_t* actions,
                const posix_spawnattr_t* attributes, char* const* arguments, char* const* environment) {
  say("posix_spawn");
  return NEXT(posix_spawn)(pid, path, actions, attributes, arguments, environment);
}
int system(const char* command) {
  say("system");
  return NEXT(system)(command);
}
#else
int main(int argc, char** argv) {
  char* arguments[] = {"true", NULL};
  pid_t child;
  // CHECK: wrapped execve
  // CHECK-NEXT: true full execve wrapped-spawns.c:[[@LINE+1]]
  if (strcmp(argv[1], "execve") == 0) execve("/bin/true", arguments, environ);
  // CHECK-NEXT: wrapped posix_spawn
  // CHECK-NEXT: true full posix_spawn wrapped-spawns.c:[[@LINE+1]]
  if (strcmp(argv[1], "posix_spawn") == 0) return posix_spawn(&child, "/bin/true", NULL, NULL, arguments, environ);
  // CHECK-NEXT: wrapped system
  // CHECK-NEXT: dash full system wrapped-spawns.c:[[@LINE+1]]
  return system(": no other");
  // CHECK-NOT: full
}
#endif

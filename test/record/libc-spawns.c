// UNSUPPORTED: sanitized
// libc's own functions, found past the interposed ones: by dlsym in libc, and in a library loaded with RTLD_DEEPBIND.
// Each is told once, at the line that calls libc, and its child is observed; nothing else about the child is another.
//
// RUN: %cc -g -fPIC -shared -DLIBRARY -o %t.so %s && %cc -g -pthread -o %t %s
// RUN: for way in deepbind dlsym; do for api in execv execve execvp execl execlp execle fexecve execveat posix_spawn posix_spawnp system popen vfork fails; do env MARK=set %t $way $api %t.so > %t.native || exit 1; env MARK=set %envleak record -o %t.trace -- %t $way $api %t.so > %t.recorded || exit 1; cmp %t.native %t.recorded || exit 1; echo "$way: $api"; %envleak check --trace %t.trace --format json | %python %S/Inputs/spawn_lines.py; done; done > %t.lines
// RUN: %FileCheck %s < %t.lines
//
// CHECK-LABEL: deepbind: execv{{$}}
// CHECK-NEXT: env imports execve libc-spawns.c:[[EXECV:[0-9]+]]
// CHECK-LABEL: deepbind: execve{{$}}
// CHECK-NEXT: env full execve libc-spawns.c:[[EXECVE:[0-9]+]]
// CHECK-LABEL: deepbind: execvp{{$}}
// CHECK-NEXT: env imports execve libc-spawns.c:[[EXECVP:[0-9]+]]
// CHECK-LABEL: deepbind: execl{{$}}
// CHECK-NEXT: env imports execve libc-spawns.c:[[EXECL:[0-9]+]]
// CHECK-LABEL: deepbind: execlp{{$}}
// CHECK-NEXT: env imports execve libc-spawns.c:[[EXECLP:[0-9]+]]
// CHECK-LABEL: deepbind: execle{{$}}
// CHECK-NEXT: env full execve libc-spawns.c:[[EXECLE:[0-9]+]]
// CHECK-LABEL: deepbind: fexecve{{$}}
// CHECK-NEXT: env full fexecve libc-spawns.c:[[FEXECVE:[0-9]+]]
// CHECK-LABEL: deepbind: execveat{{$}}
// CHECK-NEXT: env full execveat libc-spawns.c:[[EXECVEAT:[0-9]+]]
// CHECK-LABEL: deepbind: posix_spawn{{$}}
// CHECK-NEXT: env imports posix_spawn libc-spawns.c:[[SPAWN:[0-9]+]]
// CHECK-LABEL: deepbind: posix_spawnp{{$}}
// CHECK-NEXT: env full posix_spawnp libc-spawns.c:[[SPAWNP:[0-9]+]]
// CHECK-LABEL: deepbind: system{{$}}
// CHECK-NEXT: dash full system libc-spawns.c:[[SYSTEM:[0-9]+]]
// CHECK-NEXT: env imports execve
// CHECK-LABEL: deepbind: popen{{$}}
// CHECK-NEXT: dash full popen libc-spawns.c:[[POPEN:[0-9]+]]
// CHECK-NEXT: env imports execve
// CHECK-LABEL: deepbind: vfork{{$}}
// CHECK-NEXT: env full execve libc-spawns.c:[[EXECVE]]
// CHECK-LABEL: deepbind: fails{{$}}
// CHECK-NEXT: env full execve libc-spawns.c:[[EXECVE]]
// CHECK-LABEL: dlsym: execv{{$}}
// CHECK-NEXT: env imports execve libc-spawns.c:[[EXECV]]
// CHECK-LABEL: dlsym: execve{{$}}
// CHECK-NEXT: env full execve libc-spawns.c:[[EXECVE]]
// CHECK-LABEL: dlsym: execvp{{$}}
// CHECK-NEXT: env imports execve libc-spawns.c:[[EXECVP]]
// CHECK-LABEL: dlsym: fexecve{{$}}
// CHECK-NEXT: env full fexecve libc-spawns.c:[[FEXECVE]]
// CHECK-LABEL: dlsym: posix_spawn{{$}}
// CHECK-NEXT: env imports posix_spawn libc-spawns.c:[[SPAWN]]
// CHECK-LABEL: dlsym: system{{$}}
// CHECK-NEXT: dash full system libc-spawns.c:[[SYSTEM]]
// CHECK-NEXT: env imports execve
// CHECK-LABEL: dlsym: vfork{{$}}
// CHECK-NEXT: env full execve libc-spawns.c:[[EXECVE]]
//
// With threads at work libc is left alone, and said so.
// RUN: %envleak record -o %t.trace -- %t threads execve %t.so > /dev/null
// RUN: %envleak check --trace %t.trace | %FileCheck %s --check-prefix=THREADS
// THREADS: libc-spawns, 1 process (libc-spawns.c.tmp): programs that it starts past the probe's functions are not seen: it has threads
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

#define FUNCTIONS(X)                                                                                              \
  X(execv) X(execve) X(execvp) X(execl) X(execlp) X(execle) X(fexecve) X(execveat) X(posix_spawn) X(posix_spawnp) \
  X(system) X(popen)
#ifdef LIBRARY
static char* none[] = {"MARK=other", NULL};
static char* arguments[] = {"env", NULL};

struct Libc {
#define X(name) __typeof__(&name) name;
  FUNCTIONS(X)
#undef X
};

int run(int looked_up, const char* api) {
  struct Libc libc = {
#define X(name) looked_up ? (__typeof__(&name))dlsym(dlopen("libc.so.6", RTLD_NOW), #name) : name,
      FUNCTIONS(X)
#undef X
  };
  char env[] = "/usr/bin/env";
  int pid = 0, status = 0;
  if (strcmp(api, "vfork") == 0) {
    pid = vfork();
    if (pid == 0) {
      api = "execve";
    } else {
      return waitpid(pid, &status, 0) == pid ? status : 1;
    }
  }
  if (strcmp(api, "fails") == 0) {
    if (libc.execve("/no/such/program", arguments, environ) != -1 || errno != ENOENT) return 2;
    if (libc.system(NULL) == 0) return 3;
    api = "execve";
  }
  if (strcmp(api, "execv") == 0) libc.execv(env, arguments);
  if (strcmp(api, "execve") == 0) libc.execve(env, arguments, none);
  if (strcmp(api, "execvp") == 0) libc.execvp("env", arguments);
  if (strcmp(api, "execl") == 0) libc.execl(env, "env", NULL);
  if (strcmp(api, "execlp") == 0) libc.execlp("env", "env", NULL);
  if (strcmp(api, "execle") == 0) libc.execle(env, "env", NULL, none);
  if (strcmp(api, "fexecve") == 0) libc.fexecve(open(env, O_RDONLY), arguments, none);
  if (strcmp(api, "execveat") == 0) libc.execveat(AT_FDCWD, env, arguments, none, 0);
  if (strcmp(api, "posix_spawn") == 0) libc.posix_spawn(&pid, env, NULL, NULL, arguments, environ);
  if (strcmp(api, "posix_spawnp") == 0) libc.posix_spawnp(&pid, "env", NULL, NULL, arguments, none);
  if (strcmp(api, "system") == 0) return libc.system("env; :");
  if (strcmp(api, "popen") == 0) return pclose(libc.popen("env; :", "w"));
  return pid > 0 && waitpid(pid, &status, 0) == pid ? status : 1;
}
#else
static void* nothing(void* argument) { return pause(), argument; }

int main(int argc, char** argv) {
  unsetenv("_");
  pthread_t thread;
  if (strcmp(argv[1], "threads") == 0) pthread_create(&thread, NULL, nothing, NULL);
  const int looked_up = strcmp(argv[1], "dlsym") == 0;
  void* library = dlopen(argv[3], RTLD_NOW | (looked_up ? 0 : RTLD_DEEPBIND));
  int (*run)(int, const char*) = (int (*)(int, const char*))dlsym(library, "run");
  return run(looked_up, argv[2]);
}
#endif

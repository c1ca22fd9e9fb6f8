// Every way to start a program keeps the child under the probe, whatever environment it is given, and the child sees
// exactly the environment that it would see without the probe.
//
// RUN: %cc -g -o %t %s
// RUN: for api in execv execve execvp execvpe execl execle execlp fexecve execveat posix_spawn posix_spawnp system popen wordexp syscall_execve syscall_execveat vfork_execve empty null clearenv_execv; do env MARK=set %t $api %t > %t.native || exit 1; env MARK=set %envleak record -o %t.trace -- %t $api %t > %t.recorded || exit 1; cmp %t.native %t.recorded || exit 1; echo "api: $api"; %python %S/Inputs/dump_trace.py %t.trace; done > %t.dump
// RUN: %FileCheck %s < %t.dump
//
// CHECK-LABEL: api: execv{{$}}
// CHECK: spawn execv id=1 vforked=0 injected=1 '[[PROGRAM:.*spawn-apis.c.tmp]]' ['[[PROGRAM]]' 'child'] {{.*}} site=spawn-apis.c.tmp words={{[1-9]}}
// CHECK: hello spawn=1 {{.*}}spawn-apis.c.tmp
// CHECK: read getenv MARK set=1
// CHECK-LABEL: api: execve{{$}}
// CHECK: spawn execve id=1
// CHECK: environment passed spawn=1 n=2 {MARK={{h[0-9]+}} ONLY={{h[0-9]+}}}
// CHECK: hello spawn=1
// CHECK: environment received spawn=0 n=2 {MARK={{h[0-9]+}} ONLY={{h[0-9]+}}}
// CHECK: read getenv MARK set=1
// CHECK-LABEL: api: execvp{{$}}
// CHECK: spawn execvp id=1 {{.*}} 'sh' {{.*}} path='{{.+}}' dir='{{.+}}'
// CHECK: hello spawn=1
// CHECK-LABEL: api: execvpe{{$}}
// CHECK: spawn execvpe id=1
// CHECK: hello spawn=1
// CHECK-LABEL: api: execl{{$}}
// CHECK: spawn execl id=1
// CHECK: hello spawn=1
// CHECK-LABEL: api: execle{{$}}
// CHECK: spawn execle id=1
// CHECK: environment passed spawn=1 n=2
// CHECK: hello spawn=1
// CHECK-LABEL: api: execlp{{$}}
// CHECK: spawn execlp id=1
// CHECK: hello spawn=1
// CHECK-LABEL: api: fexecve{{$}}
// CHECK: spawn fexecve id=1 {{.*}}spawn-apis.c.tmp' [
// CHECK: hello spawn=1
// CHECK-LABEL: api: execveat{{$}}
// CHECK: spawn execveat id=1
// CHECK: hello spawn=1
// CHECK-LABEL: api: posix_spawn{{$}}
// CHECK: spawn posix_spawn id=1
// CHECK-DAG: hello spawn=1
// CHECK-DAG: spawn_result id=1 error=0 child=P{{[0-9]}}
// CHECK-LABEL: api: posix_spawnp{{$}}
// CHECK: spawn posix_spawnp id=1
// CHECK-DAG: hello spawn=1
// CHECK-DAG: spawn_result id=1 error=0 child=P{{[0-9]}}
// CHECK-LABEL: api: system{{$}}
// CHECK: spawn system id=1
// CHECK: hello spawn=1
// CHECK: hello spawn=2
// CHECK: read getenv MARK set=1
// CHECK: spawn_result id=1 error=0
// CHECK-LABEL: api: popen{{$}}
// CHECK: spawn popen id=1
// CHECK: hello spawn=1
// CHECK-LABEL: api: wordexp{{$}}
// CHECK: spawn wordexp id=1
// CHECK: hello spawn=1
// CHECK-LABEL: api: syscall_execve{{$}}
// CHECK: spawn syscall_execve id=1
// CHECK: hello spawn=1
// CHECK-LABEL: api: syscall_execveat{{$}}
// CHECK: spawn syscall_execveat id=1
// CHECK: hello spawn=1
// CHECK-LABEL: api: vfork_execve{{$}}
// CHECK: spawn execve id=1 vforked=1
// CHECK: hello spawn=1
// CHECK-LABEL: api: empty{{$}}
// CHECK: environment passed spawn=1 n=0 {}
// CHECK: hello spawn=1
// CHECK: environment received spawn=0 n=0 {}
// CHECK: read getenv MARK set=0
// CHECK-LABEL: api: null{{$}}
// CHECK: environment passed spawn=1 n=0 {}
// CHECK: hello spawn=1
// CHECK: environment received spawn=0 n=0 {}
// CHECK-LABEL: api: clearenv_execv{{$}}
// CHECK: write clearenv
// CHECK: spawn execv id=1
// CHECK: environment at_call_passed spawn=1 n=0 {}
// CHECK: hello spawn=1
#define _GNU_SOURCE
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <wordexp.h>

extern char** environ;

static int child(void) {
  const char* mark = getenv("MARK");
  printf("MARK %s\n", mark ? mark : "-");
  for (char** entry = environ; *entry; ++entry) printf("%s\n", *entry);
  return 0;
}

static int waitFor(int pid) {
  int status = 1;
  waitpid(pid, &status, 0);
  for (char** entry = environ; entry && *entry; ++entry)
    if (strstr(*entry, "ENVLEAK")) return 3;
  return status != 0;
}

int main(int argc, char** argv) {
  char* only[] = {"MARK=set", "ONLY=this", NULL};
  char* none[] = {NULL};
  const char* api = argv[1];
  if (!strcmp(api, "child")) return child();
  if (argc < 3) return 4;
  char* program = argv[2];
  char* arguments[] = {program, "child", NULL};
  char command[5000];
  snprintf(command, sizeof command, "'%s' child", program);
  char* shell[] = {"sh", "-c", command, NULL};
  int pid = 0;
  if (!strcmp(api, "posix_spawn"))
    return posix_spawn(&pid, program, NULL, NULL, arguments, only) || waitFor(pid);
  if (!strcmp(api, "posix_spawnp")) return posix_spawnp(&pid, "sh", NULL, NULL, shell, environ) || waitFor(pid);
  if (!strcmp(api, "system")) return system(command) || waitFor(0) == 3;
  if (!strcmp(api, "popen")) {
    FILE* stream = popen(command, "r");
    for (int c; (c = getc(stream)) != EOF;) putchar(c);
    return pclose(stream) || waitFor(0) == 3;
  }
  if (!strcmp(api, "wordexp")) {
    wordexp_t words;
    char text[5100];
    snprintf(text, sizeof text, "\"$(%s)\"", command);
    if (wordexp(text, &words, 0)) return 5;
    puts(words.we_wordv[0]);
    return waitFor(0) == 3;
  }
  pid = !strcmp(api, "vfork_execve") ? vfork() : fork();
  if (pid != 0) return waitFor(pid);
  if (!strcmp(api, "execv")) execv(program, arguments);
  if (!strcmp(api, "execve") || !strcmp(api, "vfork_execve")) execve(program, arguments, only);
  if (!strcmp(api, "execvp")) execvp("sh", shell);
  if (!strcmp(api, "execvpe")) execvpe("sh", shell, only);
  if (!strcmp(api, "execl")) execl(program, program, "child", NULL);
  if (!strcmp(api, "execle")) execle(program, program, "child", NULL, only);
  if (!strcmp(api, "execlp")) execlp("sh", "sh", "-c", command, NULL);
  if (!strcmp(api, "fexecve")) fexecve(open(program, O_RDONLY | O_CLOEXEC), arguments, only);
  if (!strcmp(api, "execveat")) execveat(AT_FDCWD, program, arguments, only, 0);
  if (!strcmp(api, "syscall_execve")) syscall(SYS_execve, program, arguments, only);
  if (!strcmp(api, "syscall_execveat")) syscall(SYS_execveat, AT_FDCWD, program, arguments, only, 0);
  if (!strcmp(api, "empty")) execve(program, arguments, none);
#pragma GCC diagnostic ignored "-Wnonnull"
  if (!strcmp(api, "null")) execve(program, arguments, NULL);
  if (!strcmp(api, "clearenv_execv")) {
    clearenv();
    execv(program, arguments);
  }
  _exit(6);
}

// A spawn through a macro, in an inlined function, behind a wrapper in a shared library, called by two builds of one file:
// each edge is joined to the site and to the calls that led there.
//
// RUN: rm -rf %t && mkdir %t && cp %s %t/main.c && cp %s %t/wrap.c && cd %t
// RUN: %cc -g -O2 -DLIBRARY -fPIC -shared wrap.c -o libwrap.so
// RUN: %cc -g -O2 main.c -L. -lwrap -Wl,-rpath,%t -o one && %cc -g -O2 -no-pie -DTWICE main.c -L. -lwrap -Wl,-rpath,%t -o two
// RUN: echo '[{"directory": "%t", "file": "wrap.c", "arguments": ["cc", "-O2", "-DLIBRARY", "-fPIC", "-c", "wrap.c"]},' > compile_commands.json
// RUN: echo ' {"directory": "%t", "file": "main.c", "arguments": ["cc", "-O2", "-c", "main.c"]},' >> compile_commands.json
// RUN: echo ' {"directory": "%t", "file": "main.c", "arguments": ["cc", "-O2", "-DTWICE", "-c", "main.c", "-o", "two.o"]}]' >> compile_commands.json
// RUN: env -i PATH="$PATH" N=1 %status 0 %envleak audit -p %t -- sh -c './one; ./two' | %FileCheck %s
// CHECK: 4 spawn sites: 4 latent
// CHECK: wrap.c:24:{{[0-9]+}}: warning: 'execvp'
// CHECK: main.c:39:3: note: reached from 'main', which calls 'start' here (1 spawn)
// CHECK: main.c:41:10: note: reached from 'main', which calls 'start' here (2 spawns)
// CHECK: wrap.c:29:{{[0-9]+}}: note: reached from 'start', which calls 'inner' here (3 spawns)
// CHECK: spawns: 5, of which 3 at a known site, 2 by programs that were not scanned
#ifdef LIBRARY
#include <sys/wait.h>
#include <unistd.h>

#define RUN(program, arguments) execvp(program, arguments)

static inline __attribute__((always_inline)) void inner(char* const* arguments) {
  RUN(arguments[0], arguments);
}

int start(char* const* arguments) {
  int pid = fork(), status = 0;
  if (pid == 0) inner(arguments);
  waitpid(pid, &status, 0);
  return status;
}
#else
int start(char* const* arguments);

int main(void) {
  char* arguments[] = {(char*)"true", 0};
#ifdef TWICE
  start(arguments);
#endif
  return start(arguments);
}
#endif

// RUN: rm -rf %t && mkdir %t && cp %s %t/not-edited.c
// RUN: %envleak scan %t/not-edited.c --fix -o %t/fix.patch -- -D_GNU_SOURCE 2> %t/notes
// RUN: %FileCheck %s < %t/notes
// RUN: test ! -s %t/fix.patch
// RUN: %envleak scan %t/not-edited.c --fix=apply -- -D_GNU_SOURCE 2> %t/notes
// RUN: cmp %s %t/not-edited.c
// Where no mechanical edit is right, or it is not sure that one is: words.
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define RUN(argv) execv((argv)[0], (argv))
#define BOTH(a, b) a, b

char **all(void) { return environ; }

void words(char **argv, int (*through)(const char *, char *const *), char **list, char **saved) {
  RUN(argv);
  // CHECK: [[#@LINE-1]]:3: note: 'execv': {{.*}}(No edit: the call is made by a macro
  execv(BOTH("/a", argv));
  // CHECK-NEXT: [[#@LINE-1]]:3: note: 'execv': {{.*}}(No edit: the call's arguments are not written out.)
  execlp("ls", "ls", (char *)NULL);
  // CHECK-NEXT: [[#@LINE-1]]:3: note: 'execlp': Put the arguments in an array and call execvpe {{.*}}(No edit:
  execl("/a", "a", list[0], list[1]);
  // CHECK-NEXT: [[#@LINE-1]]:3: note: 'execl': {{.*}}(No edit: the arguments do not end in a NULL that is written out.)
  execve("/a", argv, all());
  // CHECK-NEXT: [[#@LINE-1]]:3: note: 'execve': {{.*}}(No edit: the environment is not a plain name.)
  system("ls");
  // CHECK-NEXT: [[#@LINE-1]]:3: note: 'system': Start the program itself with posix_spawn {{.*}}(No edit: no mechanical edit is right for 'system'.)
  popen("ls", "r");
  // CHECK-NEXT: [[#@LINE-1]]:3: note: 'popen': Start the program itself
  through = execv;
  through("/a", argv);
  // CHECK-NEXT: [[#@LINE-1]]:3: note: 'through': {{.*}}(No edit: the function is called through a pointer.)
  execv("/a",
#ifdef OTHER
        saved
#else
        argv
#endif
  );
  // CHECK-NEXT: [[#@LINE-7]]:3: note: 'execv': {{.*}}(No edit: the call is made by a macro, is cut by a directive
  execv("/accepted", argv);  // NOLINT(envleak-inherited): as told
  // CHECK-NOT: note
}

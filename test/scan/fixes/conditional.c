// RUN: rm -rf %t && mkdir %t && cp %s %t/conditional.c
// RUN: %envleak scan %t/conditional.c --fix=apply -- -D_GNU_SOURCE 2> %t/notes
// RUN: %FileCheck %s < %t/notes
// RUN: %cc -D_GNU_SOURCE -Wall -Wextra -Werror -c %t/conditional.c -o %t/fixed.o
// RUN: %cc -D_GNU_SOURCE -DWITHOUT_FIRST -Wall -Wextra -Werror -c %t/conditional.c -o %t/other.o
// A call that is compiled in a configuration where the shared function is not is left alone.
#include <unistd.h>

#ifndef WITHOUT_FIRST
static int unused(void) { return 0; }
int first(char **argv) { return execv("/a", argv) + unused(); }
// CHECK: [[#@LINE-1]]:33: note: 'execv': Give the child only named variables
#endif

int second(char **argv) { return execv("/b", argv); }
// CHECK: [[#@LINE-1]]:34: note: 'execv': {{.*}}(No edit: there is no sure place for a function before it.)

// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/Inputs/facts.py %t.json | %FileCheck %s
// A class that callers decide, without a caller in the program: said, but no finding.
#include <unistd.h>
int run(char **argv, char **environment) { return execve(argv[0], argv, environment); }
// CHECK: direct execve in run: from-caller [none]: {{.*}}; no call of 'run' was found

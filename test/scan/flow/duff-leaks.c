// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A case inside a loop's body enters it past the clearing.
#include <stdlib.h>
#include <unistd.h>

void enters(char **argv, int which) {
  switch (which) {
    case 0:
      do {
        clearenv();
        case 1:
          execv("/a", argv);
          // CHECK: [[#@LINE-1]]: direct execv in enters: inherited [envleak-inherited]
      } while (--which > 0);
  }
}

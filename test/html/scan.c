// The source alone: its sites, and nothing that would need a run.
// REQUIRES: browser
// RUN: %status 0 %envleak scan %s --format html -o %t.html -- -x c
// RUN: PYTHONPATH=%S/Inputs %python -B %S/Inputs/scan.py %t.html
#include <stdlib.h>
#include <unistd.h>

int main(void) {
  char *const argv[] = {"worker", NULL};
  if (getenv("QUIET")) return system("worker --quiet");
  return execvp("worker", argv);
}

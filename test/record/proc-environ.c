// /proc/self/environ and cmdline are those of a run without the probe, and the heap still grows.
//
// RUN: %cc -o %t %s
// RUN: env -i A=1 B= %t x > %t.native && env -i A=1 B= %envleak record -o %t.trace -- %t x > %t.recorded
// RUN: cmp %t.native %t.recorded && test -s %t.recorded
// RUN: env -i %t > %t.native && env -i %envleak record -o %t.trace -- %t > %t.recorded && cmp %t.native %t.recorded
#include <stdio.h>
#include <unistd.h>

static void print(const char* path) {
  static char text[65536];
  FILE* file = fopen(path, "r");
  if (file) fwrite(text, 1, fread(text, 1, sizeof text, file), stdout);
}

int main(void) {
  print("/proc/self/environ");
  print("/proc/self/cmdline");
  void* before = sbrk(4096);
  return before == (void*)-1 || sbrk(0) != (char*)before + 4096;
}

// reads PROCESSES COUNT: each of them reads COUNT variables of names of its own, and A.
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char** argv) {
  if (argc < 3) return 1;
  const int processes = atoi(argv[1]), count = atoi(argv[2]);
  for (int p = 0; p < processes; ++p) {
    if (fork() != 0) continue;
    for (int i = 0; i < count; ++i) {
      char name[64];
      snprintf(name, sizeof name, "V_%d_%d", p, i);
      if (getenv(name)) _exit(1);
    }
    _exit(0);
  }
  int status, bad = 0;
  while (wait(&status) > 0) bad += status != 0;
  const char* a = getenv("A");
  printf("A=%s, %d bad\n", a ? a : "none", bad);
  return 5;
}

// many COUNT: so many processes at once, each a program of its own, all there before the first one reads.
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char** argv) {
  if (argc > 2) {
    char name[32], byte;
    snprintf(name, sizeof name, "MANY_%s", argv[2]);
    if (write(4, "x", 1) != 1 || read(3, &byte, 1) != 0) return 1;
    return getenv(name) != NULL;
  }
  const int count = argc > 1 ? atoi(argv[1]) : 1;
  int gate[2], ready[2];
  if (pipe(gate) != 0 || pipe(ready) != 0) return 1;
  for (int i = 0; i < count; ++i) {
    if (fork() != 0) continue;
    char number[16];
    snprintf(number, sizeof number, "%d", i);
    dup2(gate[0], 203);
    dup2(ready[1], 204);
    close(gate[1]);
    dup2(203, 3);
    dup2(204, 4);
    execl("/proc/self/exe", argv[0], argv[1], number, (char*)NULL);
    _exit(1);
  }
  char byte;
  for (int i = 0; i < count; ++i)
    if (read(ready[0], &byte, 1) != 1) return 1;
  close(gate[0]);
  close(gate[1]);
  int status, bad = 0, ended = 0;
  while (wait(&status) > 0) bad += status != 0, ++ended;
  printf("%d ended, %d bad\n", ended, bad);
  return 0;
}

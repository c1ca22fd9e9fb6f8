// Fills the disk of the folder argv[1], reads variables without room for a record, makes room again.
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static void readMany(const char* name) {
  char text[64];
  for (int i = 0; i < 2000; ++i) {
    snprintf(text, sizeof text, "%s_%d", name, i);
    getenv(text);
  }
}

int main(int argc, char** argv) {
  static char zeros[4096];
  getenv("BEFORE");
  if (argc < 2 || chdir(argv[1]) != 0) return 1;
  const int file = open("fill", O_CREAT | O_WRONLY, 0600);
  while (write(file, zeros, sizeof zeros) > 0) {
  }
  readMany("UP_TO_THE_EDGE");
  // Its record is larger than those before: what they left of the last page has no room for it either.
  char long_name[1024] = "WHILE_FULL_";
  memset(long_name + strlen(long_name), 'X', sizeof long_name - strlen(long_name) - 1);
  getenv(long_name);
  const int child = fork();
  if (child == 0) {
    readMany("IN_CHILD");
    prctl(PR_SET_SECCOMP, 1 /* strict */);
    readMany("IN_SANDBOX");
    __asm__ volatile("syscall" : : "a"(60), "D"(0));
  }
  int status;
  waitpid(child, &status, 0);
  printf("full: child %d\n", status);
  ftruncate(file, 0);
  getenv("AFTER");
  puts("free");
  return 0;
}

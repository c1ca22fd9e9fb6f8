// Closes every descriptor above the standard ones, as servers do, before and after a fork and an exec; the next one that is
// opened has the number that it would have without the probe.
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static void closeAll(void) { syscall(SYS_close_range, 3U, ~0U, 0U); }

int main(int argc, char** argv) {
  closeAll();
  getenv("CLOSED");
  const int opened = open("/dev/null", O_RDONLY);
  const int child = fork();
  if (child == 0) {
    closeAll();
    getenv("CLOSED_IN_CHILD");
    if (argc == 1) execl("/proc/self/exe", argv[0], "anew", (char*)NULL);
    _exit(3);
  }
  int status;
  waitpid(child, &status, 0);
  printf("%s: opened %d, child %d\n", argc == 1 ? "first" : "anew", opened, status);
  return 0;
}

// Ends in a signal handler that interrupted a read.
#include <sys/time.h>
#include "truth.h"

static void handle(int number) {
  (void)number;
  show(found(environ, "N1"));
  _exit(6);
}

int main(void) {
  const struct itimerval soon = {{0, 0}, {0, 2000}};
  signal(SIGALRM, handle);
  setitimer(ITIMER_REAL, &soon, NULL);
  for (;;) getenv("N2");
}

// A signal every 50 µs whose handler reads a variable, while the program reads, sets and starts others. Says how often the
// handler has read.
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static volatile long handled, wrong;

static void handler(int signal) {
  (void)signal;
  const char* value = getenv("STORM");
  if (!value || strcmp(value, "1") != 0) ++wrong;
  ++handled;
}

int main(int argc, char** argv) {
  if (argc > 1) return getenv("STARTED") != NULL;
  struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART};
  sigaction(SIGALRM, &action, NULL);
  const struct itimerval often = {{0, 50}, {0, 50}}, never = {{0, 0}, {0, 0}};
  setitimer(ITIMER_REAL, &often, NULL);
  const time_t end = time(NULL) + 2;
  long spawned = 0;
  for (long i = 0; time(NULL) < end; ++i) {
    char name[32];
    snprintf(name, sizeof name, "MAIN_%ld", i % 3000);
    if (getenv(name)) ++wrong;
    if (i % 2000 == 0) {
      setenv("COUNTER", name, 1);
      const int child = fork();
      if (child == 0) {
        execl("/proc/self/exe", argv[0], "anew", (char*)NULL);
        _exit(9);
      }
      int status;
      while (waitpid(child, &status, 0) < 0) {
      }
      wrong += status != 0;
      ++spawned;
    }
  }
  setitimer(ITIMER_REAL, &never, NULL);
  printf("handled %ld wrong %ld spawned %ld\n", handled, wrong, spawned);
  return 0;
}

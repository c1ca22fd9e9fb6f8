// confirm [ROUNDS]: four processes, one of which starts the program anew, read variables of names of their own. Each read
// is told on standard output ("R pid name") after getenv has returned, each process when it begins ("B pid") and ends ("E pid").
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void say(const char* what, const char* name) {
  char line[128];
  const int length = snprintf(line, sizeof line, "%s %d %s\n", what, (int)getpid(), name);
  if (write(1, line, (size_t)length) != length) _exit(1);
}

static void work(const char* kind, int rounds) {
  say("B", kind);
  for (int i = 0; i < rounds; ++i) {
    char name[64];
    snprintf(name, sizeof name, "V_%s_%d_%d", kind, (int)getpid(), i);
    getenv(name);
    say("R", name);
    usleep(10);
  }
}

int main(int argc, char** argv) {
  const int rounds = argc > 1 ? atoi(argv[1]) : 100;
  if (argc > 2) {
    work("anew", rounds);
    say("E", "anew");
    return 0;
  }
  for (int child = 0; child < 3; ++child) {
    if (fork() != 0) continue;
    if (child == 2) {
      work("early", rounds / 3);
      execl("/proc/self/exe", argv[0], argv[1], "anew", (char*)NULL);
      _exit(1);
    }
    work("forked", rounds);
    say("E", "forked");
    _exit(0);
  }
  work("first", rounds / 2);
  while (wait(NULL) > 0) {
  }
  say("E", "first");
  return 7;
}

// A thread that is not the first makes way for another program.
#include <pthread.h>
#include "truth.h"

static void* work(void* program) {
  char* arguments[] = {program, "child", NULL};
  show(found(environ, "N1"));
  execv("/proc/self/exe", arguments);
  return NULL;
}

int main(int argc, char** argv) {
  if (argc > 1) {
    show(found(environ, "N2"));
    return 0;
  }
  pthread_t thread;
  pthread_create(&thread, NULL, work, argv[0]);
  pthread_join(thread, NULL);
  return 9;
}

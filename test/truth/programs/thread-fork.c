// A fork in a thread, while another asks all the time.
#include <pthread.h>
#include "truth.h"

static volatile int stop;

static void* ask(void* unused) {
  while (!stop) getenv("N3");
  return unused;
}

static void* work(void* status) {
  const pid_t child = fork();
  if (child == 0) {
    show(getenv("N1"));
    show(found(environ, "N2"));
    _exit(4);
  }
  *(int*)status = statusOf(child);
  return NULL;
}

int main(void) {
  pthread_t asking, working;
  int status = 0;
  pthread_create(&asking, NULL, ask, NULL);
  for (int i = 0; i < 20; ++i) {
    pthread_create(&working, NULL, work, &status);
    pthread_join(working, NULL);
  }
  stop = 1;
  pthread_join(asking, NULL);
  show(getenv("N3"));
  return status;
}

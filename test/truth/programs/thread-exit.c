// The main thread ends before the one that reads.
#include <pthread.h>
#include "truth.h"

static pthread_t first;

static void* work(void* value) {
  pthread_join(first, NULL);
  show(found(environ, "N1"));
  return value;
}

int main(void) {
  pthread_t thread;
  first = pthread_self();
  pthread_create(&thread, NULL, work, NULL);
  pthread_exit(NULL);
}

// In a thread.
#include <pthread.h>
#include "truth.h"

static void* work(void* value) {
  show(getenv("N1"));
  return value;
}

int main(void) {
  pthread_t thread;
  pthread_create(&thread, NULL, work, NULL);
  return pthread_join(thread, NULL);
}

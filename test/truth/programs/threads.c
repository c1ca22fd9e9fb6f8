// In 64 threads at a time, one name in four.
#include <pthread.h>
#include "truth.h"

static const char* const names[] = {"N1", "N2", "N3", "N4"};

static void* work(void* index) {
  char* value = NULL;
  for (int i = 0; i < 1000; ++i) value = getenv(names[(size_t)index % 4]);
  return value;
}

int main(void) {
  static pthread_t threads[64];
  for (size_t i = 0; i < 64; ++i) pthread_create(&threads[i], NULL, work, (void*)i);
  for (size_t i = 0; i < 64; ++i) {
    void* value;
    pthread_join(threads[i], &value);
    show(value);
  }
  return 0;
}

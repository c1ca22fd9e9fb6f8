// 64 threads read and set variables at once: each finds what it set. (The names are there from the start: libc's own array
// does not grow under its readers.)
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { threads = 64, rounds = 2000 };
static int wrong;

static void* work(void* argument) {
  const int number = (int)(long)argument;
  char name[32], value[32];
  snprintf(name, sizeof name, "T_%d", number);
  for (int i = 0; i < rounds; ++i) {
    snprintf(value, sizeof value, "%d", i % 10);
    if (setenv(name, value, 1) != 0 || strcmp(getenv(name), value) != 0) __atomic_add_fetch(&wrong, 1, __ATOMIC_RELAXED);
    if (strcmp(getenv("A"), "1") != 0) __atomic_add_fetch(&wrong, 1, __ATOMIC_RELAXED);
  }
  return NULL;
}

int main(void) {
  pthread_t all[threads];
  for (int i = 0; i < threads; ++i) {
    char name[32];
    snprintf(name, sizeof name, "T_%d", i);
    setenv(name, "0", 1);
  }
  for (long i = 0; i < threads; ++i) pthread_create(&all[i], NULL, work, (void*)i);
  for (int i = 0; i < threads; ++i) pthread_join(all[i], NULL);
  printf("wrong %d\n", wrong);
  return 0;
}

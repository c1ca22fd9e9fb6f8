// What the programs of the suite share: each shows what it read, so that its output proves the read.
#pragma once
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

static inline void show(const char* text) {
  if (dprintf(1, "%s\n", text ? text : "-") < 0) abort();
}

// The value by a walk, without getenv: only names are compared.
static inline char* found(char** list, const char* name) {
  const size_t length = strlen(name);
  for (; *list; ++list)
    if (!strncmp(*list, name, length) && (*list)[length] == '=') return *list + length + 1;
  return NULL;
}

static inline int statusOf(pid_t child) {
  int status = 0;
  if (waitpid(child, &status, 0) != child) return 99;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

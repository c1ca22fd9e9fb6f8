#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef _GNU_SOURCE
extern char **environ;
#endif

struct way {
  const char *name;
} unused;

static const char program[] = "/usr/bin/env"; /* prints the environment */

/* Starts the program in one of several ways. */
static void
start(const char *way, char *argv[])
{
  pid_t child = 0;
  if (strcmp(way, "v") == 0)
    execv(program, argv);
  if (strcmp(way, "vp") == 0) execvp("env", argv);
  if (strcmp(way, "l") == 0)
    execl(program, "env, the second", "-u", /* one, */ "NONE",
          (char *)NULL);
  if (strcmp(way, "execve") == 0) execve(program, argv, environ /* all of it */);
  posix_spawn(&child, program, NULL, NULL, argv, environ);
  waitpid(child, NULL, 0);
}

int main(int argc, char **argv)
{
  char *arguments[] = {"env", NULL};
  setenv("APP_MODE", "worker", 1);
  if (argc > 1) start(argv[1], arguments);
  return unused.name != NULL;
}

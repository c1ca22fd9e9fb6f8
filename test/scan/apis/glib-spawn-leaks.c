// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -isystem %S/headers
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// NULL inherits; environ is passed on.
#include <gio/gio.h>
#include <stddef.h>
extern char **environ;

void all(char **argv) {
  GPid child;
  g_spawn_sync(NULL, argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, NULL, NULL);
  // CHECK: [[#@LINE-1]]: direct g_spawn_sync in all: inherited [envleak-inherited]
  g_spawn_async(NULL, argv, environ, G_SPAWN_DEFAULT, NULL, NULL, &child, NULL);
  // CHECK: [[#@LINE-1]]: direct g_spawn_async in all: forwarded [envleak-forwarded]
  g_spawn_async_with_pipes(NULL, argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &child, NULL, NULL, NULL, NULL);
  // CHECK: [[#@LINE-1]]: direct g_spawn_async_with_pipes in all: inherited
  g_spawn_async_with_fds(NULL, argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &child, -1, -1, -1, NULL);
  // CHECK: [[#@LINE-1]]: direct g_spawn_async_with_fds in all: inherited
  g_spawn_async_with_pipes_and_fds(NULL, (const char *const *)argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, -1, -1, -1, NULL,
                                   NULL, 0, &child, NULL, NULL, NULL, NULL);
  // CHECK: [[#@LINE-2]]: direct g_spawn_async_with_pipes_and_fds in all: inherited
  g_spawn_command_line_sync("ls -l", NULL, NULL, NULL, NULL);
  // CHECK: [[#@LINE-1]]: direct g_spawn_command_line_sync in all: inherited [envleak-inherited] program="ls -l"
  g_spawn_command_line_async("ls -l", NULL);
  // CHECK: [[#@LINE-1]]: direct g_spawn_command_line_async in all: inherited
  g_subprocess_new(G_SUBPROCESS_FLAGS_NONE, NULL, "ls", "-l", NULL);
  // CHECK: [[#@LINE-1]]: direct g_subprocess_new in all: inherited [envleak-inherited] program="ls"
  g_subprocess_newv((const char *const *)argv, G_SUBPROCESS_FLAGS_NONE, NULL);
  // CHECK: [[#@LINE-1]]: direct g_subprocess_newv in all: inherited
}

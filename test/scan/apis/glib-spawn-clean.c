// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -isystem %S/headers
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// An array of its own, also an empty one, replaces the environment.
#include <gio/gio.h>
#include <stddef.h>

void all(char **argv) {
  GPid child;
  char *nothing[] = {NULL};
  char *own[] = {"PATH=/bin", NULL};
  g_spawn_sync(NULL, argv, nothing, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, NULL, NULL);
  // CHECK: [[#@LINE-1]]: direct g_spawn_sync in all: empty [none]
  g_spawn_async(NULL, argv, own, G_SPAWN_DEFAULT, NULL, NULL, &child, NULL);
  // CHECK: [[#@LINE-1]]: direct g_spawn_async in all: explicit [none]
  g_spawn_async_with_pipes(NULL, argv, own, G_SPAWN_DEFAULT, NULL, NULL, &child, NULL, NULL, NULL, NULL);
  // CHECK: [[#@LINE-1]]: direct g_spawn_async_with_pipes in all: explicit
  g_spawn_async_with_fds(NULL, argv, own, G_SPAWN_DEFAULT, NULL, NULL, &child, -1, -1, -1, NULL);
  // CHECK: [[#@LINE-1]]: direct g_spawn_async_with_fds in all: explicit
}

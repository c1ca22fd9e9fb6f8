// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -isystem %S/headers
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// Functions that return an environment.
#include <gio/gio.h>
#include <stddef.h>

void forwarded(char **argv) {
  char **list = g_get_environ();
  g_spawn_sync(NULL, argv, list, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, NULL, NULL);
  // CHECK: [[#@LINE-1]]: direct g_spawn_sync in forwarded: forwarded
}
void copied(char **argv) {
  g_spawn_sync(NULL, argv, g_strdupv(g_get_environ()), G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, NULL, NULL);
  // CHECK: [[#@LINE-1]]: direct g_spawn_sync in copied: forwarded
}
void added(char **argv) {
  char **list = g_get_environ();
  list = g_environ_setenv(list, "LANG", "C", 1);
  g_spawn_sync(NULL, argv, list, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, NULL, NULL);
  // CHECK: [[#@LINE-1]]: direct g_spawn_sync in added: extended
}
void removed(char **argv) {
  g_spawn_sync(NULL, argv, g_environ_unsetenv(g_get_environ(), "SECRET"), G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, NULL, NULL);
  // CHECK: [[#@LINE-1]]: direct g_spawn_sync in removed: extended
}

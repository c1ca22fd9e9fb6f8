// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -isystem %S/headers
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A list that starts empty.
#include <gio/gio.h>
#include <stddef.h>

void fresh(char **argv) {
  char **list = g_environ_setenv(NULL, "LANG", "C", 1);
  g_spawn_sync(NULL, argv, list, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, NULL, NULL);
  // CHECK: [[#@LINE-1]]: direct g_spawn_sync in fresh: explicit [none]
}
char *no_variables[] = {NULL};
void copied_global(char **argv) {
  char **envp = g_strdupv(no_variables);
  g_spawn_sync(NULL, argv, envp, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, NULL, NULL);
  // CHECK: [[#@LINE-1]]: direct g_spawn_sync in copied_global: empty [none]
}

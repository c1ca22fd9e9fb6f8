// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -isystem %S/headers
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A list of its own, and what is added to it.
#include <gio/gio.h>
#include <stddef.h>

void empty(const char *const *argv) {
  GSubprocessLauncher *launcher = g_subprocess_launcher_new(G_SUBPROCESS_FLAGS_NONE);
  char *nothing[] = {NULL};
  g_subprocess_launcher_set_environ(launcher, nothing);
  g_subprocess_launcher_spawnv(launcher, argv, NULL);
  // CHECK: [[#@LINE-1]]: direct g_subprocess_launcher_spawnv in empty: empty [none]
}
void filled(const char *const *argv) {
  GSubprocessLauncher *launcher = g_subprocess_launcher_new(G_SUBPROCESS_FLAGS_NONE);
  char *nothing[] = {NULL};
  g_subprocess_launcher_set_environ(launcher, nothing);
  g_subprocess_launcher_setenv(launcher, "LANG", "C", 1);
  g_subprocess_launcher_spawnv(launcher, argv, NULL);
  // CHECK: [[#@LINE-1]]: direct g_subprocess_launcher_spawnv in filled: explicit [none]
}

// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -isystem %S/headers
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -I %S/headers
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A launcher starts with a copy of the whole environment; NULL copies it again.
#include <gio/gio.h>
#include <stddef.h>

void fresh(void) {
  GSubprocessLauncher *launcher = g_subprocess_launcher_new(G_SUBPROCESS_FLAGS_NONE);
  g_subprocess_launcher_spawn(launcher, NULL, "ls", NULL);
  // CHECK: [[#@LINE-1]]: direct g_subprocess_launcher_spawn in fresh: forwarded
}
void added(const char *const *argv) {
  GSubprocessLauncher *launcher = g_subprocess_launcher_new(G_SUBPROCESS_FLAGS_NONE);
  g_subprocess_launcher_setenv(launcher, "LANG", "C", 1);
  g_subprocess_launcher_spawnv(launcher, argv, NULL);
  // CHECK: [[#@LINE-1]]: direct g_subprocess_launcher_spawnv in added: extended
}
void removed(const char *const *argv) {
  GSubprocessLauncher *launcher = g_subprocess_launcher_new(G_SUBPROCESS_FLAGS_NONE);
  g_subprocess_launcher_unsetenv(launcher, "SECRET");
  g_subprocess_launcher_spawnv(launcher, argv, NULL);
  // CHECK: [[#@LINE-1]]: direct g_subprocess_launcher_spawnv in removed: extended
}
void ineffective(const char *const *argv) {
  GSubprocessLauncher *launcher = g_subprocess_launcher_new(G_SUBPROCESS_FLAGS_NONE);
  g_subprocess_launcher_set_environ(launcher, NULL);
  g_subprocess_launcher_spawnv(launcher, argv, NULL);
  // CHECK: [[#@LINE-1]]: direct g_subprocess_launcher_spawnv in ineffective: forwarded [envleak-ineffective]
}
void desktop(GAppInfo *program, GAppLaunchContext *given) {
  g_app_info_launch(program, NULL, NULL, NULL);
  // CHECK: [[#@LINE-1]]: direct g_app_info_launch in desktop: inherited
}
void desktop_added(GAppInfo *program) {
  GAppLaunchContext *context = g_app_launch_context_new();
  g_app_launch_context_setenv(context, "LANG", "C");
  g_app_info_launch(program, NULL, context, NULL);
  // CHECK: [[#@LINE-1]]: direct g_app_info_launch in desktop_added: extended
}
static GSubprocessLauncher *made(void) {
  GSubprocessLauncher *launcher = g_subprocess_launcher_new(G_SUBPROCESS_FLAGS_NONE);
  g_subprocess_launcher_setenv(launcher, "LANG", "C", 1);
  return g_steal_pointer(&launcher);
}
void given(const char *const *argv) {
  GSubprocessLauncher *launcher = made();
  g_subprocess_launcher_spawnv(launcher, argv, NULL);
  // CHECK: [[#@LINE-1]]: direct g_subprocess_launcher_spawnv in given: extended {{.*}}sets LANG
}

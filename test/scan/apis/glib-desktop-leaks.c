// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -isystem %S/headers
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// What a desktop file starts gets everything, but for what the launch context says.
#include <gio/gdesktopappinfo.h>
#include <stddef.h>

void plain(GAppInfo *program, GDesktopAppInfo *file, GList *uris) {
  g_app_info_launch_uris(program, uris, NULL, NULL);
  // CHECK: [[#@LINE-1]]: direct g_app_info_launch_uris in plain: inherited
  g_app_info_launch_default_for_uri("https://example.org", NULL, NULL);
  // CHECK: [[#@LINE-1]]: direct g_app_info_launch_default_for_uri in plain: inherited
  g_app_info_launch_default_for_uri_async("https://example.org", NULL, NULL, NULL, NULL);
  // CHECK: [[#@LINE-1]]: direct g_app_info_launch_default_for_uri_async in plain: inherited
  g_desktop_app_info_launch_action(file, "new-window", NULL);
  // CHECK: [[#@LINE-1]]: direct g_desktop_app_info_launch_action in plain: inherited
  g_desktop_app_info_launch_uris_as_manager(file, uris, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, NULL);
  // CHECK: [[#@LINE-1]]: direct g_desktop_app_info_launch_uris_as_manager in plain: inherited
}
void without(GAppInfo *program, GList *uris) {
  GAppLaunchContext *context = g_app_launch_context_new();
  g_app_launch_context_unsetenv(context, "SECRET");
  g_app_info_launch_uris(program, uris, context, NULL);
  // CHECK: [[#@LINE-1]]: direct g_app_info_launch_uris in without: extended
}

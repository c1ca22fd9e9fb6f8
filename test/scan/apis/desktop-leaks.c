// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -isystem %S/headers
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A program that the desktop knows is started with everything; a terminal's child gets what is given besides.
#include <gtk/gtk.h>
#include <stddef.h>
#include <vte/vte.h>

void shown(GtkWindow *window, const char *uri) {
  gtk_show_uri_on_window(window, uri, 0, NULL);
  // CHECK: [[#@LINE-1]]: direct gtk_show_uri_on_window in shown: inherited
  gtk_show_uri(NULL, uri, 0, NULL);
  // CHECK: [[#@LINE-1]]: direct gtk_show_uri in shown: inherited
}
void terminal(VteTerminal *terminal, char **argv, GSpawnFlags flags) {
  char *own[] = {"LANG=C", NULL};
  vte_terminal_spawn_async(terminal, VTE_PTY_DEFAULT, NULL, argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, -1, NULL, NULL, NULL);
  // CHECK: [[#@LINE-1]]: direct vte_terminal_spawn_async in terminal: inherited
  vte_terminal_spawn_async(terminal, VTE_PTY_DEFAULT, NULL, argv, own, G_SPAWN_DEFAULT, NULL, NULL, NULL, -1, NULL, NULL, NULL);
  // CHECK: [[#@LINE-1]]: direct vte_terminal_spawn_async in terminal: extended
  vte_terminal_spawn_sync(terminal, VTE_PTY_DEFAULT, NULL, argv, own, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL);
  // CHECK: [[#@LINE-1]]: direct vte_terminal_spawn_sync in terminal: extended
  vte_terminal_spawn_sync(terminal, VTE_PTY_DEFAULT, NULL, argv, own, flags, NULL, NULL, NULL, NULL, NULL);
  // CHECK: [[#@LINE-1]]: direct vte_terminal_spawn_sync in terminal: extended
  vte_pty_spawn_with_fds_async(NULL, NULL, (const char *const *)argv, (const char *const *)own, NULL, 0, NULL, 0,
                               G_SPAWN_DEFAULT, NULL, NULL, NULL, -1, NULL, NULL, NULL);
  // CHECK: [[#@LINE-2]]: direct vte_pty_spawn_with_fds_async in terminal: extended
}

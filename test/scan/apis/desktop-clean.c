// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -isystem %S/headers
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A terminal's child without the parent's environment.
#include <stddef.h>
#include <vte/vte.h>

void terminal(VteTerminal *terminal, char **argv) {
  char *own[] = {"LANG=C", NULL};
  vte_terminal_spawn_async(terminal, VTE_PTY_DEFAULT, NULL, argv, own, (GSpawnFlags)VTE_SPAWN_NO_PARENT_ENVV, NULL, NULL,
                           NULL, -1, NULL, NULL, NULL);
  // CHECK: [[#@LINE-2]]: direct vte_terminal_spawn_async in terminal: explicit
  vte_pty_spawn_with_fds_async(NULL, NULL, (const char *const *)argv, (const char *const *)own, NULL, 0, NULL, 0,
                               (GSpawnFlags)VTE_SPAWN_NO_PARENT_ENVV, NULL, NULL, NULL, -1, NULL, NULL, NULL);
  // CHECK: [[#@LINE-2]]: direct vte_pty_spawn_with_fds_async in terminal: explicit
  vte_terminal_spawn_async(terminal, VTE_PTY_DEFAULT, NULL, argv, NULL, (GSpawnFlags)VTE_SPAWN_NO_PARENT_ENVV, NULL, NULL,
                           NULL, -1, NULL, NULL, NULL);
  // CHECK: [[#@LINE-2]]: direct vte_terminal_spawn_async in terminal: empty
}

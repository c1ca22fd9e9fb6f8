// A stand-in for VTE: what the tests call, declared in our own words.
#pragma once
#include <gtk/gtk.h>
#ifdef __cplusplus
extern "C" {
#endif
#define VTE_SPAWN_NO_PARENT_ENVV (1 << 25)
typedef struct _VteTerminal VteTerminal;
typedef struct _VtePty VtePty;
typedef enum { VTE_PTY_DEFAULT = 0 } VtePtyFlags;
typedef void (*VteTerminalSpawnAsyncCallback)(VteTerminal *, GPid, GError *, void *data);
void vte_terminal_spawn_async(VteTerminal *, VtePtyFlags, const char *folder, char **argv, char **envv, GSpawnFlags,
                              GSpawnChildSetupFunc, void *data, void (*destroy)(void *), int timeout, GCancellable *,
                              VteTerminalSpawnAsyncCallback, void *callback_data);
gboolean vte_terminal_spawn_sync(VteTerminal *, VtePtyFlags, const char *folder, char **argv, char **envv, GSpawnFlags,
                                 GSpawnChildSetupFunc, void *data, GPid *, GCancellable *, GError **);
void vte_pty_spawn_with_fds_async(VtePty *, const char *folder, const char *const *argv, const char *const *envv,
                                  const int *fds, int count, const int *map_fds, int map_count, GSpawnFlags,
                                  GSpawnChildSetupFunc, void *data, void (*destroy)(void *), int timeout,
                                  GCancellable *, GAsyncReadyCallback, void *callback_data);
#ifdef __cplusplus
}
#endif

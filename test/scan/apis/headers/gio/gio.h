// A stand-in for GLib and GIO: what the tests call, declared in our own words.
#pragma once
#ifdef __cplusplus
extern "C" {
#endif
typedef int gboolean;
typedef int GPid;
typedef char gchar;
typedef struct _GError GError;
typedef struct _GSubprocess GSubprocess;
typedef struct _GSubprocessLauncher GSubprocessLauncher;
typedef struct _GAppInfo GAppInfo;
typedef struct _GAppLaunchContext GAppLaunchContext;
typedef struct _GList GList;
typedef struct _GCancellable GCancellable;
typedef struct _GObject GObject;
typedef struct _GAsyncResult GAsyncResult;
typedef void (*GAsyncReadyCallback)(GObject *source, GAsyncResult *, void *data);
typedef void (*GSpawnChildSetupFunc)(void *data);
typedef enum { G_SPAWN_DEFAULT = 0, G_SPAWN_SEARCH_PATH = 4 } GSpawnFlags;
typedef enum { G_SUBPROCESS_FLAGS_NONE = 0 } GSubprocessFlags;
gboolean g_spawn_sync(const gchar *folder, gchar **argv, gchar **envp, GSpawnFlags, GSpawnChildSetupFunc, void *data,
                      gchar **output, gchar **errors, int *status, GError **);
gboolean g_spawn_async(const gchar *folder, gchar **argv, gchar **envp, GSpawnFlags, GSpawnChildSetupFunc, void *data,
                       GPid *, GError **);
gboolean g_spawn_async_with_pipes(const gchar *folder, gchar **argv, gchar **envp, GSpawnFlags, GSpawnChildSetupFunc,
                                  void *data, GPid *, int *in, int *out, int *err, GError **);
gboolean g_spawn_async_with_fds(const gchar *folder, gchar **argv, gchar **envp, GSpawnFlags, GSpawnChildSetupFunc,
                                void *data, GPid *, int in, int out, int err, GError **);
gboolean g_spawn_async_with_pipes_and_fds(const gchar *folder, const gchar *const *argv, const gchar *const *envp,
                                          GSpawnFlags, GSpawnChildSetupFunc, void *data, int in, int out, int err,
                                          const int *sources, const int *targets, unsigned long count, GPid *,
                                          int *in_pipe, int *out_pipe, int *err_pipe, GError **);
gboolean g_spawn_command_line_sync(const gchar *line, gchar **output, gchar **errors, int *status, GError **);
gboolean g_spawn_command_line_async(const gchar *line, GError **);
GSubprocess *g_subprocess_new(GSubprocessFlags, GError **, const gchar *argv0, ...);
GSubprocess *g_subprocess_newv(const gchar *const *argv, GSubprocessFlags, GError **);
GSubprocessLauncher *g_subprocess_launcher_new(GSubprocessFlags);
void g_subprocess_launcher_set_environ(GSubprocessLauncher *, gchar **envp);
void g_subprocess_launcher_setenv(GSubprocessLauncher *, const gchar *name, const gchar *value, gboolean overwrite);
void g_subprocess_launcher_unsetenv(GSubprocessLauncher *, const gchar *name);
GSubprocess *g_subprocess_launcher_spawn(GSubprocessLauncher *, GError **, const gchar *argv0, ...);
GSubprocess *g_subprocess_launcher_spawnv(GSubprocessLauncher *, const gchar *const *argv, GError **);
gboolean g_app_info_launch(GAppInfo *, GList *files, GAppLaunchContext *, GError **);
gboolean g_app_info_launch_uris(GAppInfo *, GList *uris, GAppLaunchContext *, GError **);
gboolean g_app_info_launch_default_for_uri(const char *uri, GAppLaunchContext *, GError **);
void g_app_info_launch_default_for_uri_async(const char *uri, GAppLaunchContext *, GCancellable *, GAsyncReadyCallback,
                                             void *data);
GAppLaunchContext *g_app_launch_context_new(void);
void g_app_launch_context_setenv(GAppLaunchContext *, const gchar *name, const gchar *value);
void g_app_launch_context_unsetenv(GAppLaunchContext *, const gchar *name);
gchar **g_get_environ(void);
gchar **g_environ_setenv(gchar **envp, const gchar *name, const gchar *value, gboolean overwrite);
gchar **g_environ_unsetenv(gchar **envp, const gchar *name);
const gchar *g_environ_getenv(gchar **envp, const gchar *name);
gchar **g_strdupv(gchar **list);
static inline void *g_steal_pointer(void *pointer) {
  void *held = *(void **)pointer;
  *(void **)pointer = 0;
  return held;
}
#define g_steal_pointer(pointer) ((__typeof__(*(pointer)))(g_steal_pointer)(pointer))
const gchar *g_getenv(const gchar *name);
gboolean g_setenv(const gchar *name, const gchar *value, gboolean overwrite);
void g_unsetenv(const gchar *name);
#ifdef __cplusplus
}
#endif

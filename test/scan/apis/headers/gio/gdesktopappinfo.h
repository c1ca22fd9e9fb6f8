// A stand-in for GIO's desktop files: what the tests call, declared in our own words.
#pragma once
#include <gio/gio.h>
#ifdef __cplusplus
extern "C" {
#endif
typedef struct _GDesktopAppInfo GDesktopAppInfo;
void g_desktop_app_info_launch_action(GDesktopAppInfo *, const gchar *action, GAppLaunchContext *);
gboolean g_desktop_app_info_launch_uris_as_manager(GDesktopAppInfo *, GList *uris, GAppLaunchContext *, GSpawnFlags,
                                                   GSpawnChildSetupFunc, void *data,
                                                   void (*pid)(GDesktopAppInfo *, GPid, void *data), void *pid_data,
                                                   GError **);
#ifdef __cplusplus
}
#endif

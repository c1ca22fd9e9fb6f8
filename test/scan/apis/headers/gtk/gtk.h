// A stand-in for GTK 3: what the tests call, declared in our own words.
#pragma once
#include <gio/gio.h>
#ifdef __cplusplus
extern "C" {
#endif
typedef struct _GtkWindow GtkWindow;
typedef struct _GdkScreen GdkScreen;
gboolean gtk_show_uri_on_window(GtkWindow *, const gchar *uri, unsigned time, GError **);
gboolean gtk_show_uri(GdkScreen *, const gchar *uri, unsigned time, GError **);
#ifdef __cplusplus
}
#endif

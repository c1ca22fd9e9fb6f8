// A stand-in for libuv: what the tests call, declared in our own words.
#pragma once
#include <stddef.h>
#ifdef __cplusplus
extern "C" {
#endif
typedef struct uv_loop_s uv_loop_t;
typedef struct uv_process_s {
  int pid;
} uv_process_t;
typedef void (*uv_exit_cb)(uv_process_t *, long status, int signal);
typedef struct uv_process_options_s {
  uv_exit_cb exit_cb;
  const char *file;
  char **args;
  char **env;
  const char *cwd;
  unsigned flags;
} uv_process_options_t;
int uv_spawn(uv_loop_t *, uv_process_t *, const uv_process_options_t *);
uv_loop_t *uv_default_loop(void);
int uv_os_getenv(const char *name, char *buffer, size_t *size);
int uv_os_setenv(const char *name, const char *value);
int uv_os_unsetenv(const char *name);
#ifdef __cplusplus
}
#endif

// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -isystem %S/headers
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// What libraries read and write by name.
#include <apr_env.h>
#include <gio/gio.h>
#include <nspr.h>
#include <prenv.h>
#include <stddef.h>
#include <uv.h>

void all(apr_pool_t *pool, char **list) {
  char buffer[64];
  size_t size = sizeof buffer;
  char *value;
  g_getenv("G");
  g_environ_getenv(list, "GL");
  PR_GetEnv("PR");
  uv_os_getenv("UV", buffer, &size);
  apr_env_get(&value, "APR", pool);
  g_setenv("SET_G", "1", 1);
  g_unsetenv("UNSET_G");
  PR_SetEnv("PUT_PR=1");
  uv_os_setenv("SET_UV", "1");
  uv_os_unsetenv("UNSET_UV");
  apr_env_set("SET_APR", "1", pool);
  apr_env_delete("UNSET_APR", pool);
}
// CHECK: read g_getenv in all: G
// CHECK: read g_environ_getenv in all: GL
// CHECK: read PR_GetEnv in all: PR
// CHECK: read uv_os_getenv in all: UV
// CHECK: read apr_env_get in all: APR
// CHECK: write set g_setenv in all: SET_G
// CHECK: write unset g_unsetenv in all: UNSET_G
// CHECK: write put PR_SetEnv in all: PUT_PR
// CHECK: write set uv_os_setenv in all: SET_UV
// CHECK: write unset uv_os_unsetenv in all: UNSET_UV
// CHECK: write set apr_env_set in all: SET_APR
// CHECK: write unset apr_env_delete in all: UNSET_APR

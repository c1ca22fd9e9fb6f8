// A stand-in for APR: what the tests call, declared in our own words.
#pragma once
typedef int apr_status_t;
typedef int apr_int32_t;
typedef struct apr_pool_t apr_pool_t;
typedef struct apr_procattr_t apr_procattr_t;
typedef struct apr_proc_t {
  int pid;
} apr_proc_t;
typedef enum {
  APR_SHELLCMD,
  APR_PROGRAM,
  APR_PROGRAM_ENV,
  APR_PROGRAM_PATH,
  APR_SHELLCMD_ENV
} apr_cmdtype_e;
apr_status_t apr_procattr_create(apr_procattr_t **, apr_pool_t *);
apr_status_t apr_procattr_cmdtype_set(apr_procattr_t *, apr_cmdtype_e);
apr_status_t apr_proc_create(apr_proc_t *, const char *program, const char *const *args, const char *const *env,
                             apr_procattr_t *, apr_pool_t *);

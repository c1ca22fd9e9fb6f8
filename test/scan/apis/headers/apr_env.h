// A stand-in for APR: what the tests call, declared in our own words.
#pragma once
#include "apr_thread_proc.h"
apr_status_t apr_env_get(char **value, const char *name, apr_pool_t *);
apr_status_t apr_env_set(const char *name, const char *value, apr_pool_t *);
apr_status_t apr_env_delete(const char *name, apr_pool_t *);

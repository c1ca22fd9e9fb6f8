// A stand-in for reproc: what the tests call, declared in our own words.
#pragma once
typedef struct reproc_t reproc_t;
typedef enum { REPROC_ENV_EXTEND, REPROC_ENV_EMPTY } REPROC_ENV;
typedef struct reproc_options {
  const char *working_directory;
  struct {
    REPROC_ENV behavior;
    const char *const *extra;
  } env;
} reproc_options;
int reproc_start(reproc_t *, const char *const *argv, reproc_options);
int reproc_run(const char *const *argv, reproc_options);

// The functions that the interposed ones stand before: the next definition in the search order (libc, a sanitizer or
// another preload). Looked up in the constructor, because dlsym takes the loader's lock.
#pragma once

#include <cstddef>

struct _IO_FILE;

namespace envleak::preload {

using Strings = char* const*;

struct RealFunctions {
  int (*setenv)(const char*, const char*, int);
  int (*putenv)(char*);
  int (*unsetenv)(const char*);
  int (*clearenv)();
  int (*fork)();
  int (*_Fork)();
  int (*execv)(const char*, Strings);
  int (*execve)(const char*, Strings, Strings);
  int (*execvp)(const char*, Strings);
  int (*execvpe)(const char*, Strings, Strings);
  int (*fexecve)(int, Strings, Strings);
  int (*execveat)(int, const char*, Strings, Strings, int);
  int (*posix_spawn)(int*, const char*, const void*, const void*, Strings, Strings);
  int (*posix_spawnp)(int*, const char*, const void*, const void*, Strings, Strings);
  int (*system)(const char*);
  _IO_FILE* (*popen)(const char*, const char*);
  int (*wordexp)(const char*, void*, int);
  long (*syscall)(long, long, long, long, long, long, long);
  int (*open)(const char*, int, ...);
  int (*open64)(const char*, int, ...);
  int (*openat)(int, const char*, int, ...);
  int (*openat64)(int, const char*, int, ...);
  int (*open_2)(const char*, int);
  int (*open64_2)(const char*, int);
  int (*openat_2)(int, const char*, int);
  int (*openat64_2)(int, const char*, int);
  _IO_FILE* (*fopen)(const char*, const char*);
  _IO_FILE* (*fopen64)(const char*, const char*);
  int (*creat)(const char*, unsigned);
  int (*creat64)(const char*, unsigned);
  int (*rename)(const char*, const char*);
  int (*renameat)(int, const char*, int, const char*);
  int (*renameat2)(int, const char*, int, const char*, unsigned);
  void (*_exit)(int);
  void (*_Exit)(int);
  int (*on_exit)(void (*)(int, void*), void*);
  int (*prctl)(int, unsigned long, unsigned long, unsigned long, unsigned long);
};

// Members that this libc lacks are null.
const RealFunctions& real();

}  // namespace envleak::preload

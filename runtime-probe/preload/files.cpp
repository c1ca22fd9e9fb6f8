// Opening, creating and renaming files: only names that look like settings, or the environment in /proc, are looked at.
#include "runtime-probe/preload/config_files.h"
#include "runtime-probe/preload/machine.h"
#include "runtime-probe/preload/process.h"
#include "runtime-probe/preload/real.h"

#include <linux/fcntl.h>
#include <stdarg.h>

extern "C" __attribute__((weak)) int fileno(_IO_FILE*);

namespace envleak::preload {
namespace {

void note(FileKind kind, int directory, const char* path, bool reads, bool writes, int descriptor) {
  if (!observing()) return;
  if (reads) noteOpened(kind, directory, path, descriptor);
  if (writes && kind != FileKind::environ) noteWritten(directory, path);
}

ENVLEAK_INLINE int noteDescriptor(int directory, const char* path, int flags, int descriptor) {
  if (descriptor < 0) return descriptor;
  const FileKind kind = kindOf(path);
  const int access = flags & O_ACCMODE;
  if (kind != FileKind::other)
    note(kind, directory, path, access != O_WRONLY && (flags & O_TRUNC) == 0, access != O_RDONLY, descriptor);
  return descriptor;
}

ENVLEAK_INLINE _IO_FILE* noteStream(const char* path, const char* mode, _IO_FILE* stream) {
  if (stream == nullptr || &fileno == nullptr) return stream;
  const FileKind kind = kindOf(path);
  if (kind == FileKind::other) return stream;
  bool writes = mode[0] != 'r';
  for (const char* at = mode; *at != '\0'; ++at) writes |= *at == '+';
  note(kind, AT_FDCWD, path, mode[0] == 'r', writes, fileno(stream));
  return stream;
}

// What was written under another name gets the one by which it will be read.
ENVLEAK_INLINE int noteRenamed(int directory, const char* to, int result) {
  if (result == 0) {
    const FileKind kind = kindOf(to);
    if (kind == FileKind::dotenv || kind == FileKind::settings) note(kind, directory, to, false, true, -1);
  }
  return result;
}

}  // namespace
}  // namespace envleak::preload

using namespace envleak::preload;

// The mode is there only if the flags say so; an unused register is passed on unread.
#define ENVLEAK_MODE(last)                      \
  va_list list;                                 \
  va_start(list, last);                         \
  const unsigned mode = va_arg(list, unsigned); \
  va_end(list)

ENVLEAK_EXPORT int open(const char* path, int flags, ...) {
  ENVLEAK_MODE(flags);
  return noteDescriptor(AT_FDCWD, path, flags, real().open(path, flags, mode));
}

ENVLEAK_EXPORT int open64(const char* path, int flags, ...) {
  ENVLEAK_MODE(flags);
  return noteDescriptor(AT_FDCWD, path, flags, real().open64(path, flags, mode));
}

ENVLEAK_EXPORT int openat(int directory, const char* path, int flags, ...) {
  ENVLEAK_MODE(flags);
  return noteDescriptor(directory, path, flags, real().openat(directory, path, flags, mode));
}

ENVLEAK_EXPORT int openat64(int directory, const char* path, int flags, ...) {
  ENVLEAK_MODE(flags);
  return noteDescriptor(directory, path, flags, real().openat64(directory, path, flags, mode));
}

// What _FORTIFY_SOURCE makes of calls without a mode.
ENVLEAK_EXPORT int __open_2(const char* path, int flags) {
  return noteDescriptor(AT_FDCWD, path, flags, real().open_2(path, flags));
}

ENVLEAK_EXPORT int __open64_2(const char* path, int flags) {
  return noteDescriptor(AT_FDCWD, path, flags, real().open64_2(path, flags));
}

ENVLEAK_EXPORT int __openat_2(int directory, const char* path, int flags) {
  return noteDescriptor(directory, path, flags, real().openat_2(directory, path, flags));
}

ENVLEAK_EXPORT int __openat64_2(int directory, const char* path, int flags) {
  return noteDescriptor(directory, path, flags, real().openat64_2(directory, path, flags));
}

ENVLEAK_EXPORT _IO_FILE* fopen(const char* path, const char* mode) {
  return noteStream(path, mode, real().fopen(path, mode));
}

ENVLEAK_EXPORT _IO_FILE* fopen64(const char* path, const char* mode) {
  return noteStream(path, mode, real().fopen64(path, mode));
}

ENVLEAK_EXPORT int creat(const char* path, unsigned mode) {
  return noteDescriptor(AT_FDCWD, path, O_WRONLY | O_TRUNC, real().creat(path, mode));
}

ENVLEAK_EXPORT int creat64(const char* path, unsigned mode) {
  return noteDescriptor(AT_FDCWD, path, O_WRONLY | O_TRUNC, real().creat64(path, mode));
}

ENVLEAK_EXPORT int rename(const char* from, const char* to) {
  return noteRenamed(AT_FDCWD, to, real().rename(from, to));
}

ENVLEAK_EXPORT int renameat(int from_directory, const char* from, int directory, const char* to) {
  return noteRenamed(directory, to, real().renameat(from_directory, from, directory, to));
}

ENVLEAK_EXPORT int renameat2(int from_directory, const char* from, int directory, const char* to, unsigned flags) {
  return noteRenamed(directory, to, real().renameat2(from_directory, from, directory, to, flags));
}

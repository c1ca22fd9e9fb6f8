// Opening files: only names that look like a dotenv file, or the environment in /proc, are looked at.
#include "runtime-probe/preload/dotenv.h"
#include "runtime-probe/preload/machine.h"
#include "runtime-probe/preload/process.h"
#include "runtime-probe/preload/real.h"

#include <linux/fcntl.h>
#include <stdarg.h>

extern "C" __attribute__((weak)) int fileno(_IO_FILE*);

namespace envleak::preload {
namespace {

ENVLEAK_INLINE int noteDescriptor(int directory, const char* path, int flags, int descriptor) {
  if (descriptor >= 0 && (flags & O_ACCMODE) != O_WRONLY && isOfInterest(path) && observing())
    noteOpened(directory, path, descriptor);
  return descriptor;
}

ENVLEAK_INLINE _IO_FILE* noteStream(const char* path, const char* mode, _IO_FILE* stream) {
  if (stream != nullptr && mode[0] == 'r' && isOfInterest(path) && &fileno != nullptr && observing())
    noteOpened(AT_FDCWD, path, fileno(stream));
  return stream;
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

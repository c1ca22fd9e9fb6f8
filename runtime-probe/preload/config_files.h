// Files that a program takes its settings from: which they are, by their names, and what they say.
#pragma once

#include <cstdint>

namespace envleak::preload {

enum class FileKind : std::uint8_t {
  other,
  environ,   // of a process, in /proc
  dotenv,    // NAME=value, made to be taken over into the environment
  settings,  // "name = value" or "name: value" of some form
};

// Judged by the name alone; cheap, for it is asked at every opening. Null is `other`.
FileKind kindOf(const char* path);

// To be called after the program has opened `path`, relative to `directory`, for reading. The descriptor's position
// is not moved and no other descriptor is opened.
void noteOpened(FileKind kind, int directory, const char* path, int descriptor);

// To be called after the program has opened `path` for writing, or has moved a file there.
void noteWritten(int directory, const char* path);

}  // namespace envleak::preload

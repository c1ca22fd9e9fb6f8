// Giving a child the probe: its environment with two entries behind all others, LD_PRELOAD and the handle. They come
// last because glibc's loader takes the last LD_PRELOAD, so the program's own one stays where and as it is, and because
// two pointers are exactly one auxiliary vector entry (see start.cpp). Used by the recorder too: no state here.
#pragma once

#include "runtime-probe/preload/real.h"

#include <cstddef>
#include <cstdint>
#include <cstdint>

namespace envleak::preload {

struct ProbeNames {
  const char* library;      // absolute path of the preload library
  const char* trace;        // absolute path of the trace
  const std::uint8_t* key;  // of the run's hashes: keySize bytes
};

// A handle taken apart, as trace/format.h has it. `trace` is null if it is none.
struct Handle {
  std::uint32_t spawn = 0;
  const char* key = nullptr;  // hexadecimal digits
  const char* trace = nullptr;
};
Handle parseHandle(const char* text);

// An entry that carries this probe.
bool isProbeEntry(const char* entry, const ProbeNames& names);

// The environment carries the handle of another recording: the child belongs to that one.
bool belongsElsewhere(Strings environment, const ProbeNames& names);

struct InjectionSize {
  std::size_t entries;  // of the new array, with its terminator
  std::size_t text;     // bytes
};
// `first` is a library that must stand before ours ("libasan.so.8"), or empty.
InjectionSize injectionSize(Strings environment, const ProbeNames& names, const char* first);

// Fills `array` and `text`, which have the sizes that injectionSize gave, with all of the caller's own pointers in
// their order. `environment` may be null (empty). copyEnvironment does the same without the probe.
void inject(Strings environment, const ProbeNames& names, const char* first, std::uint32_t spawn, char** array,
            char* text);
char** copyEnvironment(Strings environment, const ProbeNames& names, char** array);  // returns the terminator

}  // namespace envleak::preload

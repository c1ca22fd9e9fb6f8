// A variable's name as it is looked up and counted by.
#pragma once

#include <cstddef>
#include <cstdint>

namespace envleak::preload {

struct NameKey {
  std::uint64_t hash = 0;
  std::size_t length = 0;
  bool has_equals = false;  // getenv("A=B") finds "A=B=c"
};

// Ends at the NUL or at `end`. Byte by byte: a checker of memory would tell of what lies behind the NUL.
inline NameKey keyOfName(const char* name, char end = '\0') {
  NameKey key;
  for (;;) {
    std::uint64_t word = 0;
    unsigned bits = 0;
    for (; bits < 64 && name[key.length] != '\0' && name[key.length] != end; bits += 8) {
      const char c = name[key.length++];
      key.has_equals |= c == '=';
      word |= std::uint64_t{static_cast<unsigned char>(c)} << bits;
    }
    key.hash = (key.hash ^ word) * 0x9E3779B97F4A7C15;
    key.hash ^= key.hash >> 32;
    if (bits != 64) return key;
  }
}

// The same for a name of which the length is known.
inline NameKey keyOfBytes(const char* name, std::size_t length) {
  NameKey key;
  do {
    std::uint64_t word = 0;
    unsigned bits = 0;
    for (; bits < 64 && key.length < length; bits += 8) {
      const char c = name[key.length++];
      key.has_equals |= c == '=';
      word |= std::uint64_t{static_cast<unsigned char>(c)} << bits;
    }
    key.hash = (key.hash ^ word) * 0x9E3779B97F4A7C15;
    key.hash ^= key.hash >> 32;
    if (bits != 64) break;
  } while (true);
  return key;
}

}  // namespace envleak::preload

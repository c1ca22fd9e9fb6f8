// Byte strings without libc: its own functions may be interposed (sanitizers) or not yet be relocated.
#pragma once

#include <cstddef>
#include <cstdint>

namespace envleak::preload {

inline std::size_t lengthOf(const char* text) {
  std::size_t length = 0;
  while (text[length] != '\0') ++length;
  return length;
}

inline void copyBytes(void* to, const void* from, std::size_t length) {
  __asm__ volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(length) : : "memory");
}

inline bool sameBytes(const char* a, const char* b, std::size_t length) {
  for (std::size_t i = 0; i < length; ++i)
    if (a[i] != b[i]) return false;
  return true;
}

inline bool sameText(const char* a, const char* b) {
  for (; *a == *b; ++a, ++b)
    if (*a == '\0') return true;
  return false;
}

inline bool startsWith(const char* text, const char* prefix) {
  for (; *prefix != '\0'; ++text, ++prefix)
    if (*text != *prefix) return false;
  return true;
}

inline const char* findByte(const char* text, char wanted) {
  for (; *text != '\0'; ++text)
    if (*text == wanted) return text;
  return nullptr;
}

// Decimal digits of `value` at `to`; returns the position behind them. At most 10 bytes, no NUL.
inline char* putNumber(char* to, std::uint32_t value) {
  char digits[10];
  int count = 0;
  do digits[count++] = static_cast<char>('0' + value % 10);
  while ((value /= 10) != 0);
  while (count > 0) *to++ = digits[--count];
  return to;
}

}  // namespace envleak::preload

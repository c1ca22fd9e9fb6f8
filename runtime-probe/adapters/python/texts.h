// The interpreter's strings as bytes.
#pragma once

#include "runtime-probe/adapters/python/interpreter.h"

namespace envleak::python {

inline bool same(adapters::Text a, adapters::Text b) {
  return a.length == b.length && __builtin_memcmp(a.data, b.data, a.length) == 0;
}

template <std::size_t Size>
constexpr adapters::Text literal(const char (&text)[Size]) {
  return {text, Size - 1};
}

template <std::size_t Size>
bool is(adapters::Text text, const char (&wanted)[Size]) {
  return same(text, literal(wanted));
}

template <std::size_t Size>
bool starts(adapters::Text text, const char (&wanted)[Size]) {
  return text.length >= Size - 1 && __builtin_memcmp(text.data, wanted, Size - 1) == 0;
}

template <std::size_t Size>
bool ends(adapters::Text text, const char (&wanted)[Size]) {
  return text.length >= Size - 1 && __builtin_memcmp(text.data + text.length - (Size - 1), wanted, Size - 1) == 0;
}

// Room for the texts of one question that the interpreter does not have as bytes. Rooms are used in turn, so that
// another thread's question does not change this one's; texts that do not fit are empty.
class Room {
 public:
  adapters::Text text(PyObject* string);

 private:
  adapters::Text converted(const PyASCIIObject* string);
  char* at_ = nullptr;
  char* end_ = nullptr;
};

}  // namespace envleak::python

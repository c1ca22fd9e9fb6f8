#include "runtime-probe/adapters/python/texts.h"

namespace envleak::python {
namespace {

constexpr std::size_t roomSize = 4096;
constexpr unsigned roomCount = 32;
char rooms[roomCount][roomSize];
unsigned nextRoom = 0;

// UTF-8; a surrogate by which the interpreter stands for a byte that is not UTF-8 becomes that byte again.
char* putCharacter(char* to, std::uint32_t character) {
  const auto put = [&to](std::uint32_t byte) { *to++ = static_cast<char>(byte); };
  if (character >= 0xDC80 && character <= 0xDCFF) {
    put(character & 0xFF);
  } else if (character < 0x80) {
    put(character);
  } else if (character < 0x800) {
    put(0xC0 | character >> 6);
    put(0x80 | (character & 0x3F));
  } else if (character < 0x10000) {
    put(0xE0 | character >> 12);
    put(0x80 | (character >> 6 & 0x3F));
    put(0x80 | (character & 0x3F));
  } else {
    put(0xF0 | character >> 18);
    put(0x80 | (character >> 12 & 0x3F));
    put(0x80 | (character >> 6 & 0x3F));
    put(0x80 | (character & 0x3F));
  }
  return to;
}

}  // namespace

adapters::Text Room::text(PyObject* string) {
  if (string == nullptr || !PyUnicode_Check(string)) return {"", 0};
  const auto* ascii = reinterpret_cast<const PyASCIIObject*>(string);
  if (!ascii->state.compact || !ascii->state.ready) return {"", 0};
  if (ascii->state.ascii) return {reinterpret_cast<const char*>(ascii + 1), static_cast<std::size_t>(ascii->length)};
  return converted(ascii);
}

adapters::Text Room::converted(const PyASCIIObject* string) {
  if (at_ == nullptr) {
    at_ = rooms[__atomic_fetch_add(&nextRoom, 1, __ATOMIC_RELAXED) % roomCount];
    end_ = at_ + roomSize;
  }
  const void* characters = reinterpret_cast<const PyCompactUnicodeObject*>(string) + 1;
  const unsigned kind = string->state.kind;
  char* const begin = at_;
  for (Py_ssize_t i = 0; i < string->length; ++i) {
    if (end_ - at_ < 4) {
      at_ = begin;
      return {"", 0};
    }
    at_ = putCharacter(at_, kind == PyUnicode_1BYTE_KIND   ? static_cast<const Py_UCS1*>(characters)[i]
                            : kind == PyUnicode_2BYTE_KIND ? static_cast<const Py_UCS2*>(characters)[i]
                                                           : static_cast<const Py_UCS4*>(characters)[i]);
  }
  return {begin, static_cast<std::size_t>(at_ - begin)};
}

}  // namespace envleak::python

// The text of a C or C++ source, a name, a number or a string at a time.
#pragma once

#include <algorithm>
#include <string_view>

namespace envleak::analyzer {

inline bool startsName(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c & 0x80) != 0; }
inline bool isDigit(char c) { return c >= '0' && c <= '9'; }
inline bool continuesName(char c) { return startsName(c) || isDigit(c); }

class Characters {
 public:
  explicit Characters(std::string_view text) : text_(text) {}

 protected:
  bool at(char c) const { return at_ < text_.size() && text_[at_] == c; }
  // Each goes behind what stands at `at_`. skip...(): if it is one.
  bool skipContinuation();
  bool skipComment();
  void skipBlanks();
  std::string_view name();
  void number();
  // Its content, without quotes.
  std::string_view quoted();
  void rawString();
  static bool isName(std::string_view content) {
    return !content.empty() && startsName(content[0]) && std::ranges::all_of(content, continuesName);
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace envleak::analyzer

#include "runtime-probe/preload/shape.h"

#include "runtime-probe/preload/bytes.h"

namespace envleak::preload {
namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// scheme://user:password@host; user may be empty, the password may not.
bool hasPassword(const char* value, std::size_t length) {
  std::size_t i = 0;
  while (i < length &&
         (isLetter(value[i]) || isDigit(value[i]) || value[i] == '+' || value[i] == '-' || value[i] == '.'))
    ++i;
  if (i == 0 || i + 3 >= length || !sameBytes(value + i, "://", 3)) return false;
  std::size_t colon = 0;
  for (i += 3; i < length && value[i] != '/' && value[i] != '?' && value[i] != '#' && value[i] != ' '; ++i) {
    if (value[i] == ':' && colon == 0) colon = i;
    if (value[i] == '@') return colon != 0 && i > colon + 1;
  }
  return false;
}

bool hasTokenPrefix(const char* value, std::size_t length) {
  static constexpr char prefixes[][12] = {"ghp_",  "gho_",  "ghu_",  "ghs_", "github_pat_", "glpat-", "xoxb-",
                                          "xoxa-", "xoxp-", "xoxs-", "AKIA", "ASIA",        "sk-",    "npm_"};
  for (const char* prefix : prefixes)
    if (length >= lengthOf(prefix) + 12 && startsWith(value, prefix)) return true;
  return startsWith(value, "eyJ") && findByte(value, '.') != nullptr;  // a signed JSON token
}

// Long, of one alphabet, with digits and letters mixed: a key rather than a word or a path.
bool looksRandom(const char* value, std::size_t length) {
  if (length < 32 || length > 4096) return false;
  unsigned digits = 0, letters = 0;
  for (std::size_t i = 0; i < length; ++i) {
    if (isDigit(value[i]))
      ++digits;
    else if (isLetter(value[i]))
      ++letters;
    else if (value[i] != '_' && value[i] != '-' && value[i] != '=')
      return false;
  }
  return digits >= 3 && letters >= 3;
}

}  // namespace

trace::Shape shapeOf(const char* value, std::size_t length) {
  if (length < 8) return trace::Shape::plain;
  if (startsWith(value, "-----BEGIN")) return trace::Shape::private_key;
  if (hasPassword(value, length)) return trace::Shape::url_with_password;
  if (hasTokenPrefix(value, length) || looksRandom(value, length)) return trace::Shape::token;
  return trace::Shape::plain;
}

}  // namespace envleak::preload

#include "analyzer/frontend/byte_text.h"

#include "facts/text.h"

namespace envleak::analyzer {
namespace {

// U+10FF80...U+10FFFF, private use, are F4 8F BE 80 ... F4 8F BF BF: a byte 80...FF fits.
constexpr std::string_view prefix = "\xF4\x8F";

}  // namespace

std::string bytesToText(std::string_view bytes) {
  std::string text;
  for (std::size_t at = 0; at < bytes.size();) {
    std::size_t length = utf8SequenceLength(bytes, at);
    if (length > 0) {
      text.append(bytes, at, length);
      at += length;
      continue;
    }
    unsigned low = static_cast<unsigned char>(bytes[at++]) - 0x80U;
    text += prefix;
    text += static_cast<char>(0xBE + (low >> 6));
    text += static_cast<char>(0x80 + (low & 0x3F));
  }
  return text;
}

std::string textToBytes(std::string_view text) {
  std::string bytes;
  for (std::size_t at = 0; at < text.size();) {
    auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
    if (text.substr(at).starts_with(prefix) && at + 4 <= text.size() && (byte(2) == 0xBE || byte(2) == 0xBF)) {
      bytes += static_cast<char>(0x80 + ((byte(2) - 0xBEU) << 6) + (byte(3) & 0x3FU));
      at += 4;
    } else {
      bytes += text[at++];
    }
  }
  return bytes;
}

}  // namespace envleak::analyzer

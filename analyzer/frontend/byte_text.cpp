#include "analyzer/frontend/byte_text.h"

namespace envleak::analyzer {
namespace {

// U+10FF80...U+10FFFF, private use, are F4 8F BE 80 ... F4 8F BF BF: a byte 80...FF fits.
constexpr std::string_view prefix = "\xF4\x8F";

std::size_t sequenceLength(std::string_view text, std::size_t at) {
  auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  unsigned first = byte(at);
  if (first < 0x80) return 1;
  std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || at + length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((byte(at + i) & 0xC0) != 0x80) return 0;
  unsigned second = byte(at + 1);
  bool forbidden = (first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) ||
                   (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F);
  return forbidden ? 0 : length;
}

}  // namespace

std::string bytesToText(std::string_view bytes) {
  std::string text;
  for (std::size_t at = 0; at < bytes.size();) {
    std::size_t length = sequenceLength(bytes, at);
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

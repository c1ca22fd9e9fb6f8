// Bytes that are no UTF-8 (file names may hold any), carried through JSON, which must be UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace envleak::analyzer {

// Each byte that is not part of valid UTF-8 becomes a private character; textToBytes() is the way back.
std::string bytesToText(std::string_view bytes);
std::string textToBytes(std::string_view text);

}  // namespace envleak::analyzer

// Messages between scan and its workers: four bytes of length, little endian, then that many bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace envleak::analyzer {

inline constexpr std::size_t messageLimit = std::size_t{1} << 30;  // a longer one is an error, not a message

std::string encodeMessage(std::string_view content);

// Takes the first whole message off the front of `buffer`. Throws DamagedArchive if its length is no message's.
std::optional<std::string> takeMessage(std::string& buffer);

bool writeAll(int descriptor, std::string_view bytes);

}  // namespace envleak::analyzer

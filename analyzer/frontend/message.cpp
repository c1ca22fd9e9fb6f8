#include "analyzer/frontend/message.h"

#include <nlohmann/json.hpp>

#include <cerrno>
#include <unistd.h>

namespace envleak::analyzer {

std::string encodeMessage(const nlohmann::json& content) {
  std::string bytes(4, '\0');
  nlohmann::json::to_cbor(content, bytes);
  std::size_t length = bytes.size() - 4;
  for (unsigned i = 0; i < 4; ++i) bytes[i] = static_cast<char>((length >> (8 * i)) & 0xFF);
  return bytes;
}

std::optional<nlohmann::json> takeMessage(std::string& buffer) {
  if (buffer.size() < 4) return std::nullopt;
  std::size_t length = 0;
  for (unsigned i = 0; i < 4; ++i) length |= static_cast<std::size_t>(static_cast<unsigned char>(buffer[i])) << (8 * i);
  if (length > messageLimit) length = 0;  // an empty message is no CBOR: the parser throws
  if (buffer.size() - 4 < length) return std::nullopt;
  nlohmann::json content = nlohmann::json::from_cbor(std::string_view(buffer).substr(4, length));
  buffer.erase(0, 4 + length);
  return content;
}

bool writeAll(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace envleak::analyzer

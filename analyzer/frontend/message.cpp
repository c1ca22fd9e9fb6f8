#include "analyzer/frontend/message.h"

#include "analyzer/frontend/archive.h"

#include <cerrno>
#include <unistd.h>

namespace envleak::analyzer {

std::string encodeMessage(std::string_view content) {
  std::string bytes(4, '\0');
  for (unsigned i = 0; i < 4; ++i) bytes[i] = static_cast<char>((content.size() >> (8 * i)) & 0xFF);
  bytes += content;
  return bytes;
}

std::optional<std::string> takeMessage(std::string& buffer) {
  if (buffer.size() < 4) return std::nullopt;
  std::size_t length = 0;
  for (unsigned i = 0; i < 4; ++i) length |= static_cast<std::size_t>(static_cast<unsigned char>(buffer[i])) << (8 * i);
  if (length > messageLimit) throw DamagedArchive("a message is too long");
  if (buffer.size() - 4 < length) return std::nullopt;
  std::string content = buffer.substr(4, length);
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

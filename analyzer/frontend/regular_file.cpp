#include "analyzer/frontend/regular_file.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace envleak::analyzer {

std::optional<std::string> readRegularFile(const std::string& path) {
  int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) return std::nullopt;
  struct stat status{};
  std::optional<std::string> content;
  if (::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode)) {
    content.emplace(static_cast<std::size_t>(status.st_size), '\0');
    std::size_t length = 0;
    while (length < content->size()) {
      ssize_t count = ::read(descriptor, content->data() + length, content->size() - length);
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) break;
      length += static_cast<std::size_t>(count);
    }
    if (length != content->size()) content.reset();
  }
  ::close(descriptor);
  return content;
}

}  // namespace envleak::analyzer

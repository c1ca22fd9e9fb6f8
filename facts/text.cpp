#include "facts/text.h"

#include "facts/error.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace envleak {
namespace {

void appendEscape(std::string& out, char byte) {
  char text[5];
  std::snprintf(text, sizeof text, "\\x%02x", static_cast<unsigned>(static_cast<unsigned char>(byte)));
  out += text;
}

InputError systemError(const std::string& path, std::string_view action, int error, std::string_view remedy) {
  return InputError(oneLine(path) + ": cannot " + std::string(action) + ": " + std::strerror(error) + "; " +
                    std::string(remedy));
}

bool writeAll(int descriptor, std::string_view content) {
  while (!content.empty()) {
    ssize_t written = ::write(descriptor, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

constexpr std::string_view outputRemedy = "choose another file with -o, or make room or permission there";

}  // namespace

std::size_t utf8SequenceLength(std::string_view text, std::size_t at) {
  auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  unsigned first = byte(at);
  if (first < 0x80) return 1;
  std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || at + length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((byte(at + i) & 0xC0) != 0x80) return 0;
  unsigned second = byte(at + 1);
  if ((first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) || (first == 0xF0 && second < 0x90) ||
      (first == 0xF4 && second > 0x8F))
    return 0;
  return length;
}

std::string printable(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  for (std::size_t at = 0; at < bytes.size();) {
    std::size_t length = utf8SequenceLength(bytes, at);
    if (length == 0) {
      appendEscape(out, bytes[at++]);
    } else {
      out.append(bytes, at, length);
      at += length;
    }
  }
  return out;
}

std::string oneLine(std::string_view bytes) {
  std::string out;
  for (char c : printable(bytes)) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
      appendEscape(out, c);
    else
      out += c;
  }
  return out;
}

std::string readFile(const std::string& path, std::string_view what) {
  std::string remedy = "give the path of a readable " + std::string(what);
  int descriptor = path == "-" ? ::dup(STDIN_FILENO) : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) throw systemError(path, "open the " + std::string(what), errno, remedy);
  std::string content;
  char buffer[1 << 16];
  for (;;) {
    ssize_t count = ::read(descriptor, buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      int error = errno;
      ::close(descriptor);
      throw systemError(path, "read the " + std::string(what), error, remedy);
    }
    if (count == 0) break;
    content.append(buffer, static_cast<std::size_t>(count));
  }
  ::close(descriptor);
  return content;
}

void writeFile(const std::string& path, std::string_view content) {
  if (path == "-") {
    if (!writeAll(STDOUT_FILENO, content)) throw systemError("standard output", "write", errno, outputRemedy);
    return;
  }
  struct stat status {};
  bool exists = ::stat(path.c_str(), &status) == 0;
  if (exists && S_ISDIR(status.st_mode)) throw systemError(path, "write the file", EISDIR, outputRemedy);
  bool inPlace = exists && !S_ISREG(status.st_mode);
  std::string target = path;
  // A link stays a link: what it points to is replaced.
  if (exists && !inPlace)
    if (char* resolved = ::realpath(path.c_str(), nullptr)) {
      target = resolved;
      ::free(resolved);
    }
  std::string temporary = inPlace ? target : target + ".XXXXXX";
  int descriptor = inPlace ? ::open(target.c_str(), O_WRONLY | O_CLOEXEC) : ::mkstemp(temporary.data());
  if (descriptor < 0) throw systemError(path, "write the file", errno, outputRemedy);
  bool good = writeAll(descriptor, content);
  if (good && !inPlace) {
    mode_t mask = ::umask(0);
    ::umask(mask);
    good = ::fchmod(descriptor, exists ? status.st_mode & 07777 : 0666 & ~mask) == 0;
  }
  int error = good ? 0 : errno;
  if (::close(descriptor) != 0 && good) {
    good = false;
    error = errno;
  }
  if (good && !inPlace && ::rename(temporary.c_str(), target.c_str()) != 0) {
    good = false;
    error = errno;
  }
  if (good) return;
  if (!inPlace) ::unlink(temporary.c_str());
  throw systemError(path, "write the file", error, outputRemedy);
}

}  // namespace envleak

#include "runtime-probe/preload/dotenv.h"

#include "runtime-probe/preload/bytes.h"
#include "runtime-probe/preload/channel.h"
#include "runtime-probe/preload/machine.h"
#include "runtime-probe/preload/names.h"
#include "runtime-probe/preload/process.h"
#include "runtime-probe/preload/siphash.h"

#include <sys/stat.h>
#include <linux/fcntl.h>
#include <linux/mman.h>

namespace envleak::preload {
namespace {

constexpr std::size_t largestFile = 256 * 1024;

bool isDotenvName(const char* path) {
  const char* base = path;
  const char* end = path;
  for (; *end != '\0'; ++end)
    if (*end == '/') base = end + 1;
  const auto length = static_cast<std::size_t>(end - base);
  if (length < 4) return false;
  return (startsWith(base, ".env") && (length == 4 || base[4] == '.')) || sameBytes(end - 4, ".env", 4);
}

bool isNamedEnviron(const char* path) {
  const std::size_t length = lengthOf(path);
  return length >= 7 && sameBytes(path + length - 7, "environ", 7) && (length == 7 || path[length - 8] == '/');
}

// Whichever way the path led there: the kernel's own name of the file. 0: it is no environment of a process.
std::uint32_t processOfEnviron(int descriptor) {
  char link[32] = "/proc/self/fd/", path[64];
  *putNumber(link + 14, static_cast<std::uint32_t>(descriptor)) = '\0';
  const long length = systemCall(SYS_readlink, link, path, sizeof path - 1);
  if (failed(length)) return 0;
  path[length] = '\0';
  const char* at = path + 6;
  std::uint32_t pid = 0;
  if (!startsWith(path, "/proc/") || !isNamedEnviron(path)) return 0;
  for (; *at >= '0' && *at <= '9'; ++at) pid = pid * 10 + static_cast<std::uint32_t>(*at - '0');
  return pid;
}

bool isBlank(char c) { return c == ' ' || c == '\t'; }
bool isNameByte(char c, bool first) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         (!first && ((c >= '0' && c <= '9') || c == '.'));
}

class Parser {
 public:
  Parser(const char* text, std::size_t length, std::uint64_t file) : at_(text), end_(text + length), file_(file) {
    if (length >= 3 && sameBytes(text, "\xEF\xBB\xBF", 3)) at_ += 3;
  }
  void run() {
    for (line_ = 1; at_ < end_;) {
      parseLine();
      while (at_ < end_ && *at_ != '\n') ++at_;
      if (at_ < end_) ++at_, ++line_;
    }
  }

 private:
  void skipBlanks() {
    while (at_ < end_ && isBlank(*at_)) ++at_;
  }
  void parseLine() {
    skipBlanks();
    if (end_ - at_ > 7 && sameBytes(at_, "export", 6) && isBlank(at_[6])) {
      at_ += 7;
      skipBlanks();
    }
    const char* name = at_;
    while (at_ < end_ && isNameByte(*at_, at_ == name)) ++at_;
    const auto name_length = static_cast<std::size_t>(at_ - name);
    skipBlanks();
    if (name_length == 0 || at_ == end_ || *at_ != '=') return;
    ++at_;
    skipBlanks();
    const std::uint32_t line = line_;
    const char* value = at_;
    if (at_ < end_ && (*at_ == '"' || *at_ == '\'') && findClosing(*at_)) {
      ++value;
      publish(name, name_length, value, static_cast<std::size_t>(at_ - value), line);
      ++at_;
      return;
    }
    while (at_ < end_ && *at_ != '\n' && !(*at_ == '#' && (at_ == value || isBlank(at_[-1])))) ++at_;
    const char* last = at_;
    while (last > value && (isBlank(last[-1]) || last[-1] == '\r')) --last;
    publish(name, name_length, value, static_cast<std::size_t>(last - value), line);
  }
  // Moves to the closing quote, which may be on a later line.
  bool findClosing(char quote) {
    std::uint32_t lines = 0;
    for (const char* at = at_ + 1; at < end_; ++at) {
      if (*at == '\n') ++lines;
      if (*at == '\\' && quote == '"')
        ++at;
      else if (*at == quote) {
        at_ = at;
        line_ += lines;
        return true;
      }
    }
    return false;
  }
  void publish(const char* name, std::size_t name_length, const char* value, std::size_t length, std::uint32_t line) {
    RecordWriter record(trace::RecordKind::definition, sizeof(trace::DefinitionRecord), name_length);
    if (!record) return;
    auto* body = record.body<trace::DefinitionRecord>();
    body->file = file_;
    body->hash = sipHash(probeNames().key, value, length);
    body->line = line;
    body->name = record.append(name, name_length);
    record.publish();
  }

  const char* at_;
  const char* end_;
  std::uint64_t file_;
  std::uint32_t line_ = 1;
};

__attribute__((noinline)) std::uint64_t publishFile(int directory, const char* path) {
  char folder[4096];
  long length = 0;
  if (*path != '/') {
    if (directory == AT_FDCWD) {
      length = systemCall(SYS_getcwd, folder, sizeof folder) - 1;
    } else {
      char link[32] = "/proc/self/fd/";
      *putNumber(link + 14, static_cast<std::uint32_t>(directory)) = '\0';
      length = systemCall(SYS_readlink, link, folder, sizeof folder);
    }
    if (length < 0 || length >= static_cast<long>(sizeof folder)) length = 0;
    if (length > 0 && folder[length - 1] != '/') folder[length++] = '/';
    while (path[0] == '.' && path[1] == '/') path += 2;
  }
  const std::size_t path_length = lengthOf(path);
  RecordWriter record(trace::RecordKind::file_open, sizeof(trace::FileRecord),
                      static_cast<std::size_t>(length) + path_length);
  if (!record) return 0;
  auto* body = record.body<trace::FileRecord>();
  body->path = record.append(folder, static_cast<std::size_t>(length));
  record.append(path, path_length);
  body->path.length += static_cast<std::uint32_t>(path_length);
  record.publish();
  return record.offset();
}

}  // namespace

bool isOfInterest(const char* path) { return path != nullptr && (isDotenvName(path) || isNamedEnviron(path)); }

void noteOpened(int directory, const char* path, int descriptor) {
  if (sandboxed()) return;
  if (isNamedEnviron(path)) {
    const std::uint32_t pid = processOfEnviron(descriptor);
    if (pid == static_cast<std::uint32_t>(processId()))
      publishNote("proc-environ", "it opened its own /proc entry with the environment: reads there are not seen");
    else if (pid != 0)
      publishNote("proc-environ", "it opened another process's environment in /proc: reads there are not seen");
    return;
  }
  struct stat status;
  if (failed(systemCall(SYS_fstat, descriptor, &status)) || !S_ISREG(status.st_mode)) return;
  const std::uint64_t file = publishFile(directory, path);
  const auto size = static_cast<std::size_t>(status.st_size);
  if (file == 0 || size == 0 || size > largestFile) return;
  const long text = systemCall(SYS_mmap, 0, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (failed(text)) return;
  const long got = systemCall(SYS_pread64, descriptor, text, size, 0);
  if (!failed(got)) Parser(reinterpret_cast<const char*>(text), static_cast<std::size_t>(got), file).run();
  systemCall(SYS_munmap, text, size);
}

}  // namespace envleak::preload

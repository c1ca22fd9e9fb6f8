#include "runtime-probe/preload/config_files.h"

#include "runtime-probe/preload/bytes.h"
#include "runtime-probe/preload/channel.h"
#include "runtime-probe/preload/definitions.h"
#include "runtime-probe/preload/machine.h"
#include "runtime-probe/preload/process.h"

#include <sys/stat.h>
#include <linux/fcntl.h>
#include <linux/mman.h>

namespace envleak::preload {
namespace {

constexpr std::size_t largestFile = 256 * 1024;

bool isDotenvName(const char* base, const char* end) {
  const auto length = static_cast<std::size_t>(end - base);
  if (length < 4) return false;
  return (startsWith(base, ".env") && (length == 4 || base[4] == '.')) || sameBytes(end - 4, ".env", 4);
}

bool endsWith(const char* base, const char* end, const char* suffix) {
  const std::size_t length = lengthOf(suffix);
  return static_cast<std::size_t>(end - base) >= length && sameBytes(end - length, suffix, length);
}

// "*" stands for any text. Backtracks to the last star only.
bool matches(const char* pattern, const char* at, const char* end) {
  const char* star = nullptr;
  const char* resume = nullptr;
  while (at < end) {
    if (*pattern == '*') {
      star = ++pattern;
      resume = at;
    } else if (*pattern == *at) {
      ++pattern;
      ++at;
    } else if (star != nullptr) {
      pattern = star;
      at = ++resume;
    } else {
      return false;
    }
  }
  while (*pattern == '*') ++pattern;
  return *pattern == '\0';
}

// Of the recording's patterns for names; most are a star and an ending.
bool isSettingsName(const char* base, const char* end) {
  const trace::TraceHeader* header = traceHeader();
  if (header == nullptr || base == end) return false;
  const char* pattern = header->settings_files;
  const char* const last = pattern + sizeof header->settings_files - 1;  // a NUL
  for (; pattern < last && *pattern != '\0'; pattern += lengthOf(pattern) + 1) {
    const bool ending = *pattern == '*' && findByte(pattern + 1, '*') == nullptr;
    if (ending ? endsWith(base, end, pattern + 1) : matches(pattern, base, end)) return true;
  }
  return false;
}

// What frameworks make of all their configuration, and read in its place.
bool isCachedConfiguration(const char* path, const char* end) {
  constexpr const char* name = "cache/config.php";
  const auto before = static_cast<std::size_t>(end - path) - lengthOf(name);
  return endsWith(path, end, name) && (before == 0 || path[before - 1] == '/');
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

__attribute__((noinline)) std::uint64_t publishFile(int directory, const char* path,
                                                     trace::FileAccess access) {
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
  body->access = access;
  record.publish();
  return record.offset();
}


// Of what is read once and dropped: the descriptor's position is not moved.
class Content {
 public:
  Content(int descriptor, std::size_t size) : size_(size) {
    text_ = systemCall(SYS_mmap, 0, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (failed(text_)) return;
    const long got = systemCall(SYS_pread64, descriptor, text_, size, 0);
    length_ = failed(got) ? 0 : static_cast<std::size_t>(got);
  }
  ~Content() {
    if (!failed(text_)) systemCall(SYS_munmap, text_, size_);
  }
  const char* text() const { return reinterpret_cast<const char*>(text_); }
  std::size_t length() const { return length_; }

 private:
  std::size_t size_;
  long text_;
  std::size_t length_ = 0;
};

}  // namespace

FileKind kindOf(const char* path) {
  if (path == nullptr) return FileKind::other;
  const char* base = path;
  const char* end = path;
  for (; *end != '\0'; ++end)
    if (*end == '/') base = end + 1;
  if (isDotenvName(base, end)) return FileKind::dotenv;
  if (end - base == 7 && sameBytes(base, "environ", 7)) return FileKind::environ;
  return isSettingsName(base, end) ? FileKind::settings : FileKind::other;
}

void noteOpened(FileKind kind, int directory, const char* path, int descriptor) {
  if (sandboxed()) return;
  if (kind == FileKind::environ) {
    const std::uint32_t pid = processOfEnviron(descriptor);
    if (pid == static_cast<std::uint32_t>(processId()))
      publishNote("proc-environ", "it opened its own /proc entry with the environment: reads there are not seen");
    else if (pid != 0)
      publishNote("proc-environ", "it opened another process's environment in /proc: reads there are not seen");
    return;
  }
  struct stat status;
  if (failed(systemCall(SYS_fstat, descriptor, &status)) || !S_ISREG(status.st_mode)) return;
  // What was written before the recording began holds nothing that came from a process of it.
  const bool fresh = static_cast<std::uint64_t>(status.st_mtim.tv_sec) * 1000000000U +
                         static_cast<std::uint64_t>(status.st_mtim.tv_nsec) >=
                     traceHeader()->started_ns;
  const char* const end = path + lengthOf(path);
  const bool code = endsWith(path, end, ".php");  // a configuration that was compiled into a program
  // The cached configuration is told all the same: it explains why the files that it was made of were not read.
  if (code && !fresh && !isCachedConfiguration(path, end)) return;
  const std::uint64_t file = publishFile(directory, path, trace::FileAccess::read);
  const auto size = static_cast<std::size_t>(status.st_size);
  if (file == 0 || size == 0 || size > largestFile) return;
  const Content content(descriptor, size);
  if (kind == FileKind::dotenv)
    publishDotenv(content.text(), content.length(), file);
  else if (!code)
    publishSettings(content.text(), content.length(), file);
  if (fresh) publishValues(content.text(), content.length(), file);
}

void noteWritten(int directory, const char* path) {
  if (!sandboxed()) publishFile(directory, path, trace::FileAccess::written);
}

}  // namespace envleak::preload

#include "runtime-probe/record/proc_files.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace envleak::probe {
namespace {

std::optional<std::string> content(const std::string& path, std::size_t limit) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return std::nullopt;
  std::string text;
  for (;;) {
    char part[8192];
    const ssize_t got = ::read(descriptor, part, std::min(sizeof part, limit - text.size()));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      ::close(descriptor);
      return std::nullopt;
    }
    text.append(part, static_cast<std::size_t>(got));
    if (got == 0) break;
  }
  ::close(descriptor);
  return text;
}

std::string_view lineOf(std::string_view status, std::string_view key) {
  const std::size_t start = status.find(key);
  if (start == std::string_view::npos) return {};
  status.remove_prefix(start + key.size());
  return status.substr(0, status.find('\n'));
}

int firstNumber(std::string_view line) { return std::atoi(std::string(line).c_str()); }

// The last of several.
int lastNumber(std::string_view line) {
  const std::size_t before = line.find_last_of(" \t");
  return firstNumber(before == std::string_view::npos ? line : line.substr(before + 1));
}

}  // namespace

std::string procPath(int tid, const char* name) { return "/proc/" + std::to_string(tid) + '/' + name; }

std::optional<ProcStatus> procStatus(int tid) {
  const std::optional<std::string> text = content(procPath(tid, "status"), 16384);
  if (!text) return std::nullopt;
  // A program's name, in the first line, has its line ends escaped.
  ProcStatus status;
  status.process = firstNumber(lineOf(*text, "\nTgid:"));
  status.parent = firstNumber(lineOf(*text, "\nPPid:"));
  status.own_pid = lastNumber(lineOf(*text, "\nNStgid:"));
  // Real, effective, saved, and of files.
  const std::string users(lineOf(*text, "\nUid:"));
  std::sscanf(users.c_str(), "%*u %u", &status.user);
  if (status.own_pid == 0) status.own_pid = status.process;
  return status;
}

std::string procLink(int tid, const char* name) {
  char target[PATH_MAX];
  const ssize_t length = ::readlink(procPath(tid, name).c_str(), target, sizeof target);
  return length < 0 ? std::string() : std::string(target, static_cast<std::size_t>(length));
}

std::optional<std::string> procStrings(int tid, const char* name, std::size_t limit) {
  return content(procPath(tid, name), limit);
}

}  // namespace envleak::probe

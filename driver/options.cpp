#include "driver/options.h"

#include "facts/error.h"
#include "facts/text.h"

#include <llvm/Support/FileSystem.h>
#include <llvm/Support/Path.h>

#include <unistd.h>

namespace envleak::driver {

llvm::cl::OptionCategory& category() {
  static llvm::cl::OptionCategory instance("envleak options");
  return instance;
}

AfterDashes& afterDashes() {
  static AfterDashes instance;
  return instance;
}

namespace {

std::string ownPath() {
  char buffer[4096];
  ssize_t length = ::readlink("/proc/self/exe", buffer, sizeof buffer);
  if (length <= 0) throw InputError("/proc/self/exe: cannot be read; mount /proc");
  return {buffer, static_cast<std::size_t>(length)};
}

// `path` in the tree whose bin or lib/envleak the running program is in.
std::string installed(const std::string& path) {
  const std::string own = ownPath();
  llvm::StringRef folder = llvm::sys::path::parent_path(own);
  if (folder.ends_with("/lib/envleak")) folder = llvm::sys::path::parent_path(folder);
  std::string full = (llvm::sys::path::parent_path(folder) + "/" + path).str();
  if (!llvm::sys::fs::exists(full))
    throw InputError(oneLine(full) + ": not found; install envleak anew (cmake --install) and keep bin, lib and share together");
  return full;
}

}  // namespace

Installation installation() {
  return {ownPath(), installed("lib/envleak/libenvleak-preload.so"), installed("share/envleak/knowledge"),
          installed("share/envleak/policy/defaults.yaml")};
}

std::string scanProgram() { return installed("lib/envleak/envleak-scan"); }

bool standardErrorIsTerminal() { return ::isatty(STDERR_FILENO) == 1; }
bool standardOutputIsTerminal() { return ::isatty(STDOUT_FILENO) == 1; }

int gate(int highest_level, bool incomplete, const std::string& fail_on) {
  static const std::vector<std::string> levels{"none", "note", "warning", "error", "never"};
  int limit = 0;
  for (int i = 1; i < static_cast<int>(levels.size()); ++i)
    if (fail_on == levels[static_cast<std::size_t>(i)]) limit = i;
  if (limit == 0) throw InputError("--fail-on: '" + oneLine(fail_on) + "' is not one of note, warning, error, never");
  if (highest_level >= limit) return exitFindings;
  return incomplete ? exitIncomplete : exitClean;
}

}  // namespace envleak::driver

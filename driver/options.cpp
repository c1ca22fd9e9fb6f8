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

Installation installation() {
  char buffer[4096];
  ssize_t length = ::readlink("/proc/self/exe", buffer, sizeof buffer);
  if (length <= 0) throw InputError("/proc/self/exe: cannot be read; mount /proc");
  std::string program(buffer, static_cast<std::size_t>(length));
  std::string prefix = llvm::sys::path::parent_path(llvm::sys::path::parent_path(program)).str();
  auto below = [&](const std::string& path) {
    std::string full = prefix + "/" + path;
    if (!llvm::sys::fs::exists(full))
      throw InputError(oneLine(full) + ": not found; install envleak anew (cmake --install) and keep bin, lib and share together");
    return full;
  };
  return {program, below("lib/envleak/libenvleak-preload.so"), below("share/envleak/knowledge"),
          below("share/envleak/policy/defaults.yaml")};
}

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

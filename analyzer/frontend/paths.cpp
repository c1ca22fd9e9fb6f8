#include "analyzer/frontend/paths.h"

#include <llvm/ADT/SmallString.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/Path.h>

namespace envleak::analyzer {

namespace {
std::string& relativeTo() {
  static std::string folder;
  return folder;
}
}  // namespace

void useRelativePaths(const std::string& folder) {
  llvm::SmallString<256> full(folder);
  llvm::sys::fs::make_absolute(full);
  llvm::sys::path::remove_dots(full, true);
  relativeTo() = full.str();
}

std::string canonicalPath(std::string_view path, std::string_view directory) {
  llvm::SmallString<256> full(llvm::StringRef(path.data(), path.size()));
  if (!directory.empty()) llvm::sys::fs::make_absolute(llvm::StringRef(directory.data(), directory.size()), full);
  llvm::sys::fs::make_absolute(full);
  if (const std::string& base = relativeTo(); !base.empty()) {
    llvm::sys::path::remove_dots(full, true);
    llvm::StringRef plain = full;
    return plain.size() > base.size() && isBelow(plain.str(), base) ? plain.substr(base.size() + 1).str() : plain.str();
  }
  llvm::SmallString<256> real;
  if (!llvm::sys::fs::real_path(full, real)) return real.str().str();
  llvm::sys::path::remove_dots(full, true);
  return full.str().str();
}

bool isBelow(std::string_view path, std::string_view folder) {
  if (!path.starts_with(folder)) return false;
  return path.size() == folder.size() || folder.ends_with('/') || path[folder.size()] == '/';
}

}  // namespace envleak::analyzer

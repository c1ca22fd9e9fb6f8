#include "analyzer/project_root.h"

#include "analyzer/frontend/paths.h"
#include "facts/error.h"
#include "facts/text.h"

#include <llvm/Support/FileSystem.h>
#include <llvm/Support/Path.h>

#include <algorithm>

namespace envleak::analyzer {

std::string projectRoot(const std::string& given, const std::vector<std::string>& files) {
  bool relative = std::ranges::any_of(files, [](const std::string& file) { return !file.starts_with('/'); });
  if (!given.empty()) {
    if (relative) return given;
    if (!llvm::sys::fs::is_directory(given)) throw InputError(oneLine(given) + ": --root must name a folder");
    return canonicalPath(given, "");
  }
  if (relative) return canonicalPath(".", "");
  std::string common;
  for (const std::string& file : files) {
    std::string folder = llvm::sys::path::parent_path(file).str();
    if (common.empty()) common = folder;
    while (!isBelow(folder, common)) common = llvm::sys::path::parent_path(common).str();
  }
  return common;
}

}  // namespace envleak::analyzer

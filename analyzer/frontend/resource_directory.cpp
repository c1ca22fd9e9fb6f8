#include "analyzer/frontend/resource_directory.h"

#include <clang-c/Index.h>
#include <llvm/ADT/SmallString.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/Path.h>

#include <dlfcn.h>

namespace envleak::analyzer {
namespace {

bool holdsHeaders(const std::string& folder) { return llvm::sys::fs::exists(folder + "/include/stddef.h"); }

std::string find() {
  std::string built_with = ENVLEAK_CLANG_RESOURCE_DIR;
  Dl_info info{};
  if (dladdr(reinterpret_cast<void*>(&clang_createIndex), &info) != 0 && info.dli_fname) {
    llvm::SmallString<256> library;
    for (const char* up : {"clang", "../llvm-" ENVLEAK_CLANG_MAJOR "/lib/clang"}) {
      if (llvm::sys::fs::real_path(info.dli_fname, library)) break;
      llvm::sys::path::remove_filename(library);
      llvm::sys::path::append(library, up, ENVLEAK_CLANG_MAJOR);
      if (holdsHeaders(library.str().str())) return library.str().str();
    }
  }
  return built_with;
}

}  // namespace

const std::string& resourceDirectory() {
  static const std::string directory = find();
  return directory;
}

}  // namespace envleak::analyzer

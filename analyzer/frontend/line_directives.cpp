// Places as `#line` directives have them: what compilers say in diagnostics and in debug information.
#include "analyzer/frontend/cursor.h"
#include "analyzer/frontend/paths.h"
#include "analyzer/frontend/source_files.h"

#include <llvm/ADT/SmallString.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/Path.h>

namespace envleak::analyzer {
namespace {

// "#line 3", "# 3 \"file\"", at the start of a line.
bool hasDirective(std::string_view text) {
  constexpr std::string_view blanks = " \t";
  for (std::size_t at = text.find('#'); at != text.npos; at = text.find('#', at + 1)) {
    std::size_t before = at == 0 ? text.npos : text.find_last_not_of(blanks, at - 1);
    if (before != text.npos && text[before] != '\n') continue;
    std::size_t word = text.find_first_not_of(blanks, at + 1);
    if (word == text.npos) return false;
    if ((text[word] >= '0' && text[word] <= '9') || text.substr(word).starts_with("line")) return true;
  }
  return false;
}

std::string absolute(const std::string& name, const std::string& folder) {
  llvm::SmallString<256> path(name);
  llvm::sys::fs::make_absolute(folder, path);
  llvm::sys::path::remove_dots(path, true);
  return path.str().str();
}

bool isFile(const std::string& path) {
  llvm::sys::fs::file_status status;
  return !llvm::sys::fs::status(path, status) && llvm::sys::fs::is_regular_file(status);
}

}  // namespace

const SourceFiles::Presumed& SourceFiles::presumed(const std::string& name, CXFile within) {
  std::string physical = absolute(take(clang_getFileName(within)), directory_);
  auto [found, added] = presumed_.try_emplace({name, physical});
  Presumed& result = found->second;
  if (!added) return result;
  result.compiled = absolute(name, directory_);
  if (name.empty() || name.starts_with("<")) return result;
  // Where the compiler's message would lead to, else beside the file that says so: it was made somewhere else.
  for (const std::string& path : {result.compiled, absolute(name, llvm::sys::path::parent_path(physical).str())}) {
    if (!isFile(path)) {
      missed_.insert(path);
      continue;
    }
    found_.insert(path);
    result.file = index(canonicalPath(path, directory_));
    break;
  }
  return result;
}

ShownPlace SourceFiles::shown(const FilePlace& place) {
  ShownPlace result{indexOf(place.file), place.line, place.column, {}};
  if (!place.file) return result;
  auto [known, added] = directives_.try_emplace(place.file, false);
  if (added) known->second = hasDirective(text(place.file));
  if (!known->second) return result;
  CXString name;
  unsigned line = 0;
  clang_getPresumedLocation(clang_getLocationForOffset(unit_, place.file, place.offset), &name, &line, nullptr);
  std::string file = take(name);
  if (file == take(clang_getFileName(place.file))) {
    result.line = line;
    return result;
  }
  const Presumed& presumed = this->presumed(file, place.file);
  if (presumed.file) {
    result.file = *presumed.file;
    result.line = line;
  } else {
    result.presumed_line = line;
  }
  std::string known_as = canonicalPath(presumed.compiled, directory_);
  if (known_as != names_[result.file]) other_names_.insert({known_as, names_[result.file]});
  return result;
}

ShownPlace SourceFiles::shownLine(CXFile file, unsigned line) {
  FilePlace place{file, line, 1, 0};
  clang_getSpellingLocation(clang_getLocation(unit_, file, line, 1), nullptr, nullptr, nullptr, &place.offset);
  return shown(place);
}

}  // namespace envleak::analyzer

#include "analyzer/frontend/source_files.h"

#include "analyzer/frontend/cursor.h"
#include "analyzer/frontend/paths.h"

namespace envleak::analyzer {

FilePlace SourceFiles::place(CXSourceLocation location) const {
  FilePlace place;
  clang_getExpansionLocation(location, &place.file, &place.line, &place.column, &place.offset);
  return place;
}

FilePlace SourceFiles::startOf(CXCursor cursor) const { return place(clang_getRangeStart(clang_getCursorExtent(cursor))); }
FilePlace SourceFiles::endOf(CXCursor cursor) const { return place(clang_getRangeEnd(clang_getCursorExtent(cursor))); }

unsigned SourceFiles::indexOf(CXFile file) {
  auto [found, added] = indices_.try_emplace(file, 0);
  if (!added) return found->second;
  std::string name = file ? canonicalPath(take(clang_getFileName(file)), directory_) : std::string();
  return found->second = index(name);
}

unsigned SourceFiles::index(const std::string& name) {
  auto [by_name, added] = by_name_.try_emplace(name, static_cast<unsigned>(names_.size()));
  if (added) names_.push_back(name);
  return by_name->second;
}

std::string_view SourceFiles::text(CXFile file) {
  // libclang searches all includes and macro expansions of the unit for it.
  auto [known, added] = texts_.try_emplace(file);
  if (added && file) {
    std::size_t size = 0;
    if (const char* content = clang_getFileContents(unit_, file, &size)) known->second = {content, size};
  }
  return known->second;
}

FilePlace SourceFiles::openParenthesis(const FilePlace& from) {
  std::string_view source = text(from.file);
  unsigned line = from.line;
  unsigned column = from.column;
  int angles = 0;
  for (std::size_t at = from.offset; at < source.size() && at < from.offset + 400; ++at) {
    char c = source[at];
    if (c == '(' && angles == 0) return {from.file, line, column, static_cast<unsigned>(at)};
    if (c == '<') ++angles;
    if (c == '>' && angles > 0) --angles;
    if (c == ';' || c == '{' || c == '}') break;
    if (c == '\n') {
      ++line;
      column = 1;
    } else {
      ++column;
    }
  }
  return {};
}

}  // namespace envleak::analyzer

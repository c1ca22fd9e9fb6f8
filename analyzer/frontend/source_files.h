// Where things stand: canonical file names, positions, source text.
#pragma once

#include "facts/static_facts.h"

#include <clang-c/Index.h>

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace envleak::analyzer {

struct FilePlace {
  CXFile file = nullptr;
  unsigned line = 0;
  unsigned column = 0;
  unsigned offset = 0;
};

class SourceFiles {
 public:
  // `directory`: of the compile command; relative names start there.
  SourceFiles(CXTranslationUnit unit, std::string directory) : unit_(unit), directory_(std::move(directory)) {}

  // Expansion locations: a macro's use, not its definition.
  FilePlace place(CXSourceLocation location) const;
  FilePlace startOf(CXCursor cursor) const;
  FilePlace endOf(CXCursor cursor) const;

  // Index into names(); canonical and absolute.
  unsigned indexOf(CXFile file);
  const std::string& nameOf(CXFile file) { return names_[indexOf(file)]; }
  const std::vector<std::string>& names() const { return names_; }
  std::string_view text(CXFile file) const;
  // Position of the '(' that follows `offset` with only blanks, comments, brackets and template arguments between;
  // line 0 if there is none.
  facts::Position openParenthesis(const FilePlace& from) const;

 private:
  CXTranslationUnit unit_;
  std::string directory_;
  std::unordered_map<CXFile, unsigned> indices_;
  std::unordered_map<std::string, unsigned> by_name_;
  std::vector<std::string> names_;
};

}  // namespace envleak::analyzer

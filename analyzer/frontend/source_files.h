// Where things stand: canonical file names, positions, source text.
#pragma once

#include "facts/static_facts.h"

#include <clang-c/Index.h>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace envleak::analyzer {

struct FilePlace {
  CXFile file = nullptr;
  unsigned line = 0;
  unsigned column = 0;
  unsigned offset = 0;
};

// As compilers show it: where `#line` says, if that file is there; else in the file that is compiled.
struct ShownPlace {
  unsigned file = 0;  // index into names()
  unsigned line = 0;
  unsigned column = 0;
  std::optional<unsigned> presumed_line;  // what `#line` says of a file that is not there
};

class SourceFiles {
 public:
  // `directory`: of the compile command; relative names start there.
  SourceFiles(CXTranslationUnit unit, std::string directory) : unit_(unit), directory_(std::move(directory)) {}

  // Expansion locations: a macro's use, not its definition. In the file that is compiled, whatever `#line` says.
  FilePlace place(CXSourceLocation location) const;
  FilePlace startOf(CXCursor cursor) const;
  FilePlace endOf(CXCursor cursor) const;

  // Index into names(); canonical and absolute.
  unsigned indexOf(CXFile file);
  const std::string& nameOf(CXFile file) { return names_[indexOf(file)]; }
  const std::vector<std::string>& names() const { return names_; }
  std::string_view text(CXFile file);
  // The '(' that follows the place with only blanks, comments, brackets and template arguments between; line 0 if
  // there is none.
  FilePlace openParenthesis(const FilePlace& from);

  ShownPlace shown(const FilePlace& place);
  ShownPlace shownLine(CXFile file, unsigned line);
  // By the places that were shown: what debug information calls a file (canonical and absolute), and the file meant.
  const std::set<std::pair<std::string, std::string>>& otherNames() const { return other_names_; }
  // Absolute names of `#line` that were looked for: files, and what is none.
  const std::set<std::string>& presumedFound() const { return found_; }
  const std::set<std::string>& presumedMissed() const { return missed_; }

 private:
  struct Presumed {
    std::optional<unsigned> file;
    std::string compiled;  // absolute, as debug information has it
  };
  const Presumed& presumed(const std::string& name, CXFile within);
  unsigned index(const std::string& name);

  CXTranslationUnit unit_;
  std::string directory_;
  std::unordered_map<CXFile, unsigned> indices_;
  std::unordered_map<std::string, unsigned> by_name_;
  std::vector<std::string> names_;
  std::unordered_map<CXFile, std::string_view> texts_;
  std::unordered_map<CXFile, bool> directives_;  // has it any?
  std::map<std::pair<std::string, std::string>, Presumed> presumed_;  // by name and the file that says so
  std::set<std::pair<std::string, std::string>> other_names_;
  std::set<std::string> found_, missed_;
};

}  // namespace envleak::analyzer

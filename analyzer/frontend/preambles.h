// Units of C that begin with the same includes, compiled with the same flags: these headers are parsed once for all.
#pragma once

#include "analyzer/frontend/compile_commands.h"

#include <clang-c/Index.h>

#include <ctime>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace envleak::analyzer {

// The #include lines before anything else but blanks and comments, each as "cache.h" or <stdio.h>.
std::vector<std::string> leadingIncludes(std::string_view text);

// Of one worker. A header is taken only if a second #include of it does nothing, so that the unit's own text can stay as it
// is, with all its lines. What has errors is not taken, either: such a unit is parsed as a whole.
class Preambles {
 public:
  struct Preamble {
    std::string file;                // precompiled; only this process can open it
    std::vector<std::string> files;  // that it was made from, by absolute paths
    timespec started{};              // by fileClock(), before it was made
  };

  Preambles();
  ~Preambles();
  Preambles(const Preambles&) = delete;
  Preambles& operator=(const Preambles&) = delete;

  // `words`: for the parser, without the file; `text`: of the file. nullptr: it is parsed without.
  const Preamble* of(const CompileCommand& command, const std::vector<std::string>& words, std::string_view text);
  // For units with a preamble: its declarations are seen there.
  CXIndex index() const { return index_; }

 private:
  struct Known {
    unsigned units = 0;  // that could have taken it
    bool tried = false;
    std::optional<Preamble> preamble;
  };
  std::optional<Preamble> make(const CompileCommand& command, std::vector<std::string> words, const std::string& text) const;

  CXIndex index_;
  std::map<std::string, Known> known_;
  std::vector<int> open_;
};

// Has it diagnostics that are errors?
bool hasErrors(CXTranslationUnit unit);

}  // namespace envleak::analyzer

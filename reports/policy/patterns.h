// Patterns for names, paths and programs: "*" stands for any text, "?" for one character; all else is literal.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace envleak::reports {

bool matchesPattern(std::string_view pattern, std::string_view text);

class Patterns {
 public:
  void add(std::string pattern) { patterns_.push_back(std::move(pattern)); }
  bool empty() const { return patterns_.empty(); }
  bool match(std::string_view name) const;
  // A pattern with a slash is held against the whole path, any other against its last part.
  bool matchProgram(std::string_view path) const;
  // "FILE" or "FILE:FUNCTION".
  bool matchPlace(std::string_view file, std::string_view function) const;
  bool matchesAll() const;  // is one of them "*"?

 private:
  std::vector<std::string> patterns_;
};

// A file, or a folder and all below it.
bool matchesPath(std::string_view pattern, std::string_view path);

}  // namespace envleak::reports

#include "reports/policy/patterns.h"

#include <algorithm>

namespace envleak::reports {

bool matchesPattern(std::string_view pattern, std::string_view name) {
  // Backtracks to the last star only: linear in practice, never exponential.
  std::size_t p = 0, n = 0, star = std::string_view::npos, resume = 0;
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = n;
    } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == name[n])) {
      ++p;
      ++n;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      n = ++resume;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

bool Patterns::match(std::string_view name) const {
  return std::ranges::any_of(patterns_, [&](const std::string& pattern) { return matchesPattern(pattern, name); });
}

bool Patterns::matchProgram(std::string_view path) const {
  const std::string_view base = path.substr(path.rfind('/') + 1);
  return std::ranges::any_of(patterns_, [&](const std::string& pattern) {
    return matchesPattern(pattern, pattern.find('/') == std::string::npos ? base : path);
  });
}

bool Patterns::matchPlace(std::string_view file, std::string_view function) const {
  if (match(file)) return true;
  // Debug information names functions of C++ with their parameters, the source without.
  const std::string whole = std::string(file) + ":" + std::string(function);
  return match(whole) || match(std::string_view(whole).substr(0, whole.find('(', file.size())));
}

bool Patterns::matchesAll() const { return std::ranges::find(patterns_, "*") != patterns_.end(); }

bool matchesPath(std::string_view pattern, std::string_view path) {
  if (pattern.starts_with("./")) pattern.remove_prefix(2);
  if (pattern.ends_with('/')) pattern.remove_suffix(1);
  return matchesPattern(pattern, path) || matchesPattern(std::string(pattern) + "/*", path);
}

}  // namespace envleak::reports

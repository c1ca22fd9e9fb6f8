#include "analyzer/frontend/suppressions.h"

#include <algorithm>

namespace envleak::analyzer {
namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  std::size_t start = text.find_first_not_of(blanks);
  if (start == std::string_view::npos) return {};
  return text.substr(start, text.find_last_not_of(blanks) - start + 1);
}

// Is the place inside a comment, as far as its own line and the last block comment before it tell?
bool insideComment(std::string_view before) {
  std::size_t line = before.rfind('\n');
  if (before.substr(line == std::string_view::npos ? 0 : line).find("//") != std::string_view::npos) return true;
  std::size_t open = before.rfind("/*");
  std::size_t close = before.rfind("*/");
  return open != std::string_view::npos && (close == std::string_view::npos || close < open);
}

}  // namespace

void findSuppressions(std::string_view text, const ShownLine& shown, UnitSummary& summary) {
  constexpr std::string_view word = "NOLINT";
  constexpr std::string_view next = "NEXTLINE";
  std::size_t counted = 0;
  unsigned line = 1;
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + word.size())) {
    line += static_cast<unsigned>(std::ranges::count(text.substr(counted, at - counted), '\n'));
    counted = at;
    std::string_view rest = text.substr(at + word.size());
    rest = rest.substr(0, rest.find('\n'));
    bool next_line = rest.starts_with(next);
    if (next_line) rest.remove_prefix(next.size());
    std::size_t close = rest.find(')');
    if (!rest.starts_with("(") || close == std::string_view::npos || !insideComment(text.substr(0, at))) continue;
    std::string_view rules = rest.substr(1, close - 1);
    std::string_view reason = trimmed(rest.substr(close + 1));
    reason = trimmed(reason.substr(0, reason.find("*/")));
    if (reason.starts_with(":")) reason = trimmed(reason.substr(1));
    while (!rules.empty()) {
      std::size_t comma = rules.find(',');
      std::string_view rule = trimmed(rules.substr(0, comma));
      rules = comma == std::string_view::npos ? std::string_view() : rules.substr(comma + 1);
      if (!rule.starts_with("envleak-")) continue;
      const auto [file, shown_line] = shown(line);
      const auto [covered_file, covered] = shown(next_line ? line + 1 : line);
      if (covered_file != file) continue;
      summary.suppressed_lines.push_back({static_cast<unsigned>(summary.suppressions.size()), covered});
      summary.suppressions.push_back({file, shown_line, std::string(rule), std::string(reason), false, covered});
    }
  }
}

}  // namespace envleak::analyzer

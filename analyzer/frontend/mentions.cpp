#include "analyzer/frontend/mentions.h"

#include <cctype>
#include <set>
#include <utility>

namespace envleak::analyzer {
namespace {

// Walks over text as the compiler's first phases would.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  // The next identifier; empty at the end.
  std::string_view next() {
    while (at_ < text_.size()) {
      char c = text_[at_];
      if (c == '\n') {
        ++line_;
        ++at_;
        fresh_ = true;
      } else if (std::isspace(static_cast<unsigned char>(c))) {
        ++at_;
      } else if (c == '#' && fresh_) {
        directive();
      } else if (text_.substr(at_, 2) == "//") {
        to("\n", 0);
      } else if (text_.substr(at_, 2) == "/*") {
        at_ += 2;
        to("*/", 2);
      } else if (c == '"' || c == '\'') {
        quoted(c);
      } else if (std::isalpha(static_cast<unsigned char>(c)) || c == '_') {
        std::size_t start = at_;
        while (at_ < text_.size() && isWord(text_[at_])) ++at_;
        fresh_ = false;
        return text_.substr(start, at_ - start);
      } else {
        // A number with all its letters.
        fresh_ = false;
        if (std::isdigit(static_cast<unsigned char>(c)))
          while (at_ < text_.size() && isWord(text_[at_])) ++at_;
        else
          ++at_;
      }
    }
    return {};
  }
  unsigned line() const { return line_; }
  bool followedByParenthesis() const {
    std::size_t open = text_.find_first_not_of(" \t\n", at_);
    return open != std::string_view::npos && text_[open] == '(';
  }

 private:
  static bool isWord(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }
  void to(std::string_view end, std::size_t beyond) {
    std::size_t found = text_.find(end, at_);
    std::size_t stop = found == std::string_view::npos ? text_.size() : found + beyond;
    for (; at_ < stop; ++at_)
      if (text_[at_] == '\n') ++line_;
  }
  void directive() {
    do {
      to("\n", 1);
    } while (at_ < text_.size() && at_ >= 2 && text_[at_ - 2] == '\\');
    fresh_ = true;
  }
  void quoted(char end) {
    for (++at_; at_ < text_.size() && text_[at_] != end && text_[at_] != '\n'; ++at_)
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
    if (at_ < text_.size() && text_[at_] == end) ++at_;
    fresh_ = false;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  unsigned line_ = 1;
  bool fresh_ = true;  // nothing but blanks on this line so far
};

}  // namespace

unsigned unseenMentions(std::string_view text, const std::string& file, const Knowledge& knowledge,
                        const UnitSummary& summary) {
  std::set<std::pair<unsigned, std::string>> seen;
  for (const Function& function : summary.functions)
    for (const Call& call : function.calls)
      if (summary.files.at(call.file) == file) seen.emplace(call.line, call.callee);
  for (const auto& read : summary.reads)
    if (read.file == file) seen.emplace(read.line, read.callee);
  for (const auto& write : summary.writes)
    if (write.file == file) seen.emplace(write.line, write.callee);
  unsigned count = 0;
  Scanner scanner(text);
  for (std::string_view word = scanner.next(); !word.empty(); word = scanner.next()) {
    std::string name(word);
    bool known = knowledge.spawns(name) || knowledge.reader(name) || knowledge.writer(name);
    if (known && scanner.followedByParenthesis() && !seen.contains({scanner.line(), name})) ++count;
  }
  return count;
}

}  // namespace envleak::analyzer

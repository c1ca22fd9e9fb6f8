#include "analyzer/prefilter/characters.h"

#include <string>

namespace envleak::analyzer {

bool Characters::skipContinuation() {
  if (!text_.substr(at_).starts_with("\\\n") && !text_.substr(at_).starts_with("\\\r\n")) return false;
  at_ = text_.find('\n', at_) + 1;
  return true;
}

bool Characters::skipComment() {
  if (text_[at_] != '/' || at_ + 1 >= text_.size()) return false;
  if (text_[at_ + 1] == '/') {
    while (at_ < text_.size() && text_[at_] != '\n') at_ += text_[at_] == '\\' && at_ + 1 < text_.size() ? 2 : 1;
    return true;
  }
  if (text_[at_ + 1] != '*') return false;
  std::size_t end = text_.find("*/", at_ + 2);
  at_ = end == text_.npos ? text_.size() : end + 2;
  return true;
}

std::string_view Characters::name() {
  std::size_t start = at_;
  while (at_ < text_.size() && continuesName(text_[at_])) ++at_;
  return text_.substr(start, at_ - start);
}

void Characters::number() {
  while (at_ < text_.size() && (continuesName(text_[at_]) || text_[at_] == '.' ||
                                (text_[at_] == '\'' && at_ + 1 < text_.size() && continuesName(text_[at_ + 1]))))
    ++at_;
}

std::string_view Characters::quoted() {
  char quote = text_[at_];
  std::size_t start = ++at_;
  while (at_ < text_.size() && text_[at_] != quote && text_[at_] != '\n') at_ += text_[at_] == '\\' ? 2 : 1;
  at_ = std::min(at_, text_.size());
  std::string_view content = text_.substr(start, at_ - start);
  if (at(quote)) ++at_;
  return content;
}

void Characters::rawString() {
  std::size_t open = text_.find('(', at_);
  if (open == text_.npos) {
    at_ = text_.size();
    return;
  }
  std::string close = ")" + std::string(text_.substr(at_ + 1, open - at_ - 1)) + "\"";
  std::size_t end = text_.find(close, open);
  at_ = end == text_.npos ? text_.size() : end + close.size();
}

void Characters::skipBlanks() {
  while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
}

}  // namespace envleak::analyzer

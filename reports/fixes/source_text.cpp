#include "reports/fixes/source_text.h"

#include <algorithm>

namespace envleak::reports {
namespace {

bool isBlank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\v'; }
bool isWord(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' ||
         (static_cast<unsigned char>(c) & 0x80) != 0;
}
bool isDigit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::string_view directiveName(std::string_view directive) {
  std::size_t at = 1;
  while (at < directive.size() && (directive[at] == ' ' || directive[at] == '\t')) ++at;
  std::size_t end = at;
  while (end < directive.size() && isWord(directive[end])) ++end;
  return directive.substr(at, end - at);
}

SourceText::SourceText(std::string text) : text_(std::move(text)) {
  lines_.push_back(0);
  for (std::size_t at = 0; at < text_.size(); ++at)
    if (text_[at] == '\n') lines_.push_back(at + 1);
  tokenize();
}

// Past a comment that starts here; the same place if none does.
std::size_t SourceText::skipComment(std::size_t at) const {
  if (text_.compare(at, 2, "//") == 0) {
    std::size_t end = text_.find('\n', at);
    while (end != std::string::npos && text_[end - 1] == '\\') end = text_.find('\n', end + 1);
    return std::min(end, text_.size());
  }
  if (text_.compare(at, 2, "/*") != 0) return at;
  std::size_t end = text_.find("*/", at + 2);
  return end == std::string::npos ? text_.size() : end + 2;
}

std::size_t SourceText::skipDirective(std::size_t at) const {
  while (at < text_.size() && text_[at] != '\n') {
    if (std::size_t past = skipComment(at); past != at) {
      at = past;
    } else {
      bool continued = text_[at] == '\\' && at + 1 < text_.size() &&
                       (text_[at + 1] == '\n' || text_.compare(at + 1, 2, "\r\n") == 0);
      at += !continued ? 1 : text_[at + 1] == '\n' ? 2 : 3;
    }
  }
  return std::min(at, text_.size());
}

// Past a string or a character; at its opening quote.
std::size_t SourceText::skipQuoted(std::size_t at) const {
  char quote = text_[at];
  bool raw = quote == '"' && at > 0 && text_[at - 1] == 'R' &&
             (at < 2 || !isWord(text_[at - 2]) || std::string_view("LuU8").find(text_[at - 2]) != std::string::npos);
  if (raw) {
    std::size_t open = text_.find('(', at);
    if (open == std::string::npos) return text_.size();
    std::string close = ")" + text_.substr(at + 1, open - at - 1) + "\"";
    std::size_t end = text_.find(close, open);
    return end == std::string::npos ? text_.size() : end + close.size();
  }
  for (++at; at < text_.size() && text_[at] != quote && text_[at] != '\n'; ++at)
    if (text_[at] == '\\') ++at;
  return std::min(at + 1, text_.size());
}

void SourceText::tokenize() {
  bool line_start = true;
  for (std::size_t at = 0; at < text_.size();) {
    char c = text_[at];
    if (isBlank(c) || (c == '\\' && at + 1 < text_.size() && isBlank(text_[at + 1]))) {
      line_start = c == '\n' || (line_start && c != '\\');
      ++at;
      continue;
    }
    if (std::size_t past = skipComment(at); past != at) {
      at = past;
      continue;
    }
    Token token{Token::Kind::punctuation, at, at + 1};
    if (c == '#' && line_start) {
      token.kind = Token::Kind::directive;
      token.end = skipDirective(at);
    } else if (c == '"' || c == '\'') {
      token.kind = Token::Kind::text;
      token.end = skipQuoted(at);
    } else if (isWord(c)) {
      bool number = isDigit(c);
      std::size_t end = at;
      while (end < text_.size() && (isWord(text_[end]) || (number && (text_[end] == '\'' || text_[end] == '.')))) ++end;
      token.kind = number ? Token::Kind::other : Token::Kind::identifier;
      token.end = end;
    } else if (text_.compare(at, 2, "::") == 0 || text_.compare(at, 2, "->") == 0) {
      token.end = at + 2;
    }
    line_start = token.kind == Token::Kind::directive;
    at = token.end;
    tokens_.push_back(token);
  }
}

std::string_view SourceText::spelling(const Argument& argument) const {
  if (argument.first == argument.last) return {};
  std::size_t begin = tokens_[argument.first].begin;
  return std::string_view(text_).substr(begin, tokens_[argument.last - 1].end - begin);
}

bool SourceText::mentions(std::string_view identifier) const {
  for (std::size_t i = 0; i < tokens_.size(); ++i) {
    bool macro = tokens_[i].kind == Token::Kind::directive && spelling(i).find(identifier) != std::string_view::npos;
    if (macro || spelling(i) == identifier) return true;
  }
  return false;
}

std::optional<CallText> SourceText::callAt(unsigned line, unsigned column, std::string_view callee) const {
  if (line == 0 || line > lines_.size() || column == 0) return std::nullopt;
  std::size_t offset = lines_[line - 1] + column - 1;
  auto found = std::ranges::lower_bound(tokens_, offset, {}, &Token::begin);
  if (found == tokens_.end() || found->begin != offset) return std::nullopt;
  CallText call;
  call.callee = static_cast<std::size_t>(found - tokens_.begin());
  if (spelling(call.callee) != callee || call.callee + 1 >= tokens_.size() || spelling(call.callee + 1) != "(")
    return std::nullopt;
  std::string closing;
  Argument argument{call.callee + 2, call.callee + 2};
  for (std::size_t at = call.callee + 1; at < tokens_.size(); ++at) {
    if (tokens_[at].kind == Token::Kind::directive) return std::nullopt;
    if (tokens_[at].kind != Token::Kind::punctuation) continue;
    char c = text_[tokens_[at].begin];
    if (c == '(' || c == '[' || c == '{') {
      closing += c == '(' ? ')' : c == '[' ? ']' : '}';
    } else if (c == ')' || c == ']' || c == '}') {
      if (closing.empty() || closing.back() != c) return std::nullopt;
      closing.pop_back();
    }
    if (!closing.empty() && !(c == ',' && closing.size() == 1)) continue;
    argument.last = at;
    if (argument.first != argument.last || c == ',') call.arguments.push_back(argument);
    argument.first = at + 1;
    call.close = at;
    if (closing.empty()) return call;
  }
  return std::nullopt;
}

// The next line, if nothing but blanks and one comment stands on the rest of this one.
std::size_t SourceText::afterLine(std::size_t at) const {
  while (at < text_.size() && (text_[at] == ' ' || text_[at] == '\t' || text_[at] == '\r')) ++at;
  std::size_t past = skipComment(at);
  while (past < text_.size() && (text_[past] == ' ' || text_[past] == '\t' || text_[past] == '\r')) ++past;
  return past < text_.size() && text_[past] == '\n' ? past + 1 : std::string::npos;
}

std::optional<std::size_t> SourceText::declarationPlace(std::size_t token) const {
  std::size_t place = 0;
  std::size_t depth = 0, parentheses = 0;
  // Of the declaration at file scope that is being read.
  bool begun = false, has_parameters = false, has_value = false, is_block = false, ends_at_brace = false;
  auto end = [&](std::size_t at) {
    place = afterLine(tokens_[at].end);
    begun = has_parameters = has_value = is_block = false;
  };
  std::vector<std::size_t> depths;  // at each #if
  for (std::size_t at = 0; at < tokens_.size() && at < token; ++at) {
    if (tokens_[at].kind == Token::Kind::directive) {
      std::string_view name = directiveName(spelling(at));
      if (name.starts_with("if")) {
        depths.push_back(depth);
      } else if (name.starts_with("el") || name == "endif") {
        if (depths.empty()) return std::nullopt;
        if (name == "endif" && depth != depths.back()) return std::nullopt;  // braces open in a branch
        depth = depths.back();
        if (name == "endif") depths.pop_back();
      }
      if (depth == 0 && !begun) end(at);
      continue;
    }
    std::string_view word = spelling(at);
    if (depth == 0 && parentheses == 0) {
      if (word == "namespace" || (tokens_[at].kind == Token::Kind::text && begun)) is_block = true;
      if (word == "=") has_value = true;
      if (word == "{") {
        if (!begun) return std::nullopt;  // parameters declared between ')' and '{', in the old way
        ends_at_brace = !has_value && (has_parameters || is_block);
      }
    }
    if (word == "(") {
      has_parameters |= depth == 0;
      ++parentheses;
    } else if (word == ")") {
      if (parentheses == 0) return std::nullopt;
      --parentheses;
    } else if (word == "{") {
      ++depth;
    } else if (word == "}") {
      if (depth == 0) return std::nullopt;
      --depth;
      if (depth == 0 && parentheses == 0 && ends_at_brace) {
        end(at);
        continue;
      }
    } else if (word == ";" && depth == 0 && parentheses == 0) {
      end(at);
      continue;
    }
    begun |= depth == 0 || word == "{";
  }
  if (place == std::string::npos) return std::nullopt;
  return place;
}

std::vector<unsigned> SourceText::conditions(std::size_t offset) const {
  std::vector<unsigned> open;
  unsigned number = 0;
  for (const Token& token : tokens_) {
    if (token.begin >= offset) break;
    if (token.kind != Token::Kind::directive) continue;
    std::string_view name = directiveName(std::string_view(text_).substr(token.begin, token.end - token.begin));
    if (name.starts_with("if")) {
      open.push_back(++number);
    } else if (name.starts_with("el") && !open.empty()) {
      open.back() = ++number;
    } else if (name == "endif" && !open.empty()) {
      open.pop_back();
    }
  }
  return open;
}

bool SourceText::reaches(std::size_t place, std::size_t token) const {
  std::vector<unsigned> there = conditions(place), here = conditions(tokens_[token].begin);
  return there.size() <= here.size() && std::equal(there.begin(), there.end(), here.begin());
}

}  // namespace envleak::reports

// C and C++ source as tokens: enough to find the arguments of a call and where a declaration can be put. Macros are not
// expanded; whatever stands in a directive, such as a macro's definition, is one token and cannot be edited.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace envleak::reports {

struct Token {
  enum class Kind { identifier, text, punctuation, other, directive } kind = Kind::other;
  std::size_t begin = 0;  // bytes from the start of the file
  std::size_t end = 0;
};

struct Argument {
  std::size_t first = 0;  // tokens [first, last)
  std::size_t last = 0;
};

struct CallText {
  std::size_t callee = 0;  // token
  std::size_t close = 0;   // token of the closing parenthesis
  std::vector<Argument> arguments;
};

class SourceText {
 public:
  explicit SourceText(std::string text);

  const std::string& text() const { return text_; }
  const std::vector<Token>& tokens() const { return tokens_; }
  std::string_view spelling(std::size_t token) const {
    return std::string_view(text_).substr(tokens_[token].begin, tokens_[token].end - tokens_[token].begin);
  }
  // Between the first and the last token, blanks included.
  std::string_view spelling(const Argument& argument) const;
  bool mentions(std::string_view identifier) const;

  // The call of `callee` whose name stands at the place (1-based, columns in bytes), if the text has it exactly there
  // and no directive stands between its parentheses.
  std::optional<CallText> callAt(unsigned line, unsigned column, std::string_view callee) const;

  // Where a function can be declared so that the token can use it: the start of a line before the declaration at file
  // scope that holds the token. None if that cannot be told.
  std::optional<std::size_t> declarationPlace(std::size_t token) const;
  // Does what is compiled at `token` always have what stands at `place`?
  bool reaches(std::size_t place, std::size_t token) const;

 private:
  void tokenize();
  std::size_t skipDirective(std::size_t at) const;
  std::size_t skipQuoted(std::size_t at) const;
  std::size_t skipComment(std::size_t at) const;
  std::size_t afterLine(std::size_t at) const;
  // The branches of #if and the like that hold the offset, outermost first.
  std::vector<unsigned> conditions(std::size_t offset) const;

  std::string text_;
  std::vector<Token> tokens_;
  std::vector<std::size_t> lines_;  // offsets of their starts
};

// "if", "include"...: the word after the '#'.
std::string_view directiveName(std::string_view directive);

}  // namespace envleak::reports

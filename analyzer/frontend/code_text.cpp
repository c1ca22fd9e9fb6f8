#include "analyzer/frontend/code_text.h"

#include <llvm/Support/xxhash.h>

#include <algorithm>
#include <string>

namespace envleak::analyzer {
namespace {

constexpr std::size_t counted = 160;  // bytes

// Past a literal that begins at `at`; a raw string may end early, which only makes more of it count as code.
std::size_t afterLiteral(std::string_view text, std::size_t at) {
  const char quote = text[at++];
  while (at < text.size() && text[at] != quote) at += text[at] == '\\' ? 2 : 1;
  return std::min(at + 1, text.size());
}

}  // namespace

std::uint64_t codeHash(std::string_view text) {
  std::string code;
  for (std::size_t at = 0; at < text.size() && code.size() < counted;) {
    const char c = text[at];
    if (c == '"' || c == '\'') {
      const std::size_t end = afterLiteral(text, at);
      code.append(text.substr(at, end - at));
      at = end;
    } else if (text.substr(at).starts_with("//")) {
      at = std::min(text.find('\n', at), text.size());
    } else if (text.substr(at).starts_with("/*")) {
      const std::size_t end = text.find("*/", at + 2);
      at = end == std::string_view::npos ? text.size() : end + 2;
    } else {
      if (std::string_view(" \t\r\n\f\v").find(c) == std::string_view::npos) code += c;
      ++at;
    }
  }
  code.resize(std::min(code.size(), counted));
  return llvm::xxh3_64bits(code);
}

}  // namespace envleak::analyzer

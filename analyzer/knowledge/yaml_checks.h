// Checks that several kinds of entries share. Only for this folder's sources.
#pragma once

#include <llvm/Support/YAMLTraits.h>

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

namespace envleak::analyzer {

inline constexpr unsigned argumentLimit = 61;  // the front end keeps masks of arguments

// What the reader of a document carries along.
struct ParseContext {
  explicit ParseContext(const std::string& whole) : text(whole) {
    for (const char& c : whole)
      if (c == '\n') line_ends.push_back(&c);
  }
  const std::string& text;
  std::vector<const char*> line_ends;
};

// Line of the entry that is being read.
inline unsigned currentLine(llvm::yaml::IO& io) {
  const auto& context = *static_cast<const ParseContext*>(io.getContext());
  const llvm::yaml::Node* node = static_cast<llvm::yaml::Input&>(io).getCurrentNode();
  if (node == nullptr) return 1;
  auto before = std::ranges::lower_bound(context.line_ends, node->getSourceRange().Start.getPointer());
  return static_cast<unsigned>(before - context.line_ends.begin()) + 1;
}

inline bool isMeaning(const std::string& word) { return word == "empty" || word == "inherited"; }

inline void checkArguments(llvm::yaml::IO& io, std::initializer_list<std::optional<unsigned>> arguments) {
  for (const std::optional<unsigned>& argument : arguments)
    if (argument && *argument > argumentLimit)
      io.setError("argument " + std::to_string(*argument) + ": arguments are counted from 0 to " +
                  std::to_string(argumentLimit));
}

// What is wrong with a qualified name; empty if nothing is.
inline std::string checkName(const char* key, const std::string& name) {
  if (name.empty()) return std::string(key) + ": must not be empty";
  bool is_operator = name.find("operator") != std::string::npos;
  if (!is_operator && name.find_first_of("<>() \t") != std::string::npos)
    return std::string(key) + ": '" + name + "' must be a qualified name without parameters and template arguments";
  return {};
}

}  // namespace envleak::analyzer

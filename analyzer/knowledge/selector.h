// Does an entry's `when:` or `variant:` hold for a call?
#pragma once

#include "analyzer/knowledge/model.h"

#include <cstdint>
#include <optional>
#include <string>

namespace envleak::analyzer {

// What the front end knows of the operand that a selector asks about.
struct OperandFacts {
  bool present = true;  // false: the call has fewer arguments
  std::string word;     // the identifier it starts with in the source: a macro's name where one was used
  std::optional<std::int64_t> number;
  std::optional<std::string> text;
  std::string type;  // declared, qualified; without template arguments, inline namespaces, const, reference, pointer
};

enum class Match : std::uint8_t { no, yes, unknown };

// `unknown` if the value decides and is not known: then other alternatives may hold as well.
Match match(const Selector& selector, const OperandFacts& operand, const std::string& architecture);

// `value`: what the macro expands to in this unit; none: not defined. Without a variant every entry holds.
bool holds(const std::optional<Variant>& variant, const std::optional<std::int64_t>& value);

}  // namespace envleak::analyzer

#include "analyzer/knowledge/selector.h"

#include <algorithm>

namespace envleak::analyzer {
namespace {

Match allOf(Match a, Match b) {
  if (a == Match::no || b == Match::no) return Match::no;
  return a == Match::yes && b == Match::yes ? Match::yes : Match::unknown;
}

Match of(bool condition) { return condition ? Match::yes : Match::no; }

// Names, numbers and texts are three spellings of one set of values.
Match matchValue(const Selector& selector, const OperandFacts& operand, const std::string& architecture) {
  if (std::ranges::find(selector.names, operand.word) != selector.names.end()) return Match::yes;
  if (!selector.numbers.empty() && operand.number)
    return of(std::ranges::any_of(selector.numbers, [&](const Selector::Number& number) {
      return number.value == *operand.number && (number.architecture.empty() || number.architecture == architecture);
    }));
  if (!selector.texts.empty() && operand.text)
    return of(std::ranges::find(selector.texts, *operand.text) != selector.texts.end());
  return Match::unknown;
}

}  // namespace

Match match(const Selector& selector, const OperandFacts& operand, const std::string& architecture) {
  if (selector.present && *selector.present != operand.present) return Match::no;
  bool can_do_without = selector.types.empty() && (!selector.not_types.empty() || selector.present);
  if (!operand.present) return of(can_do_without);
  Match result = Match::yes;
  if (!selector.types.empty())
    result = allOf(result, of(std::ranges::find(selector.types, operand.type) != selector.types.end()));
  if (!selector.not_types.empty())
    result = allOf(result, of(std::ranges::find(selector.not_types, operand.type) == selector.not_types.end()));
  if (!selector.names.empty() || !selector.numbers.empty() || !selector.texts.empty())
    result = allOf(result, matchValue(selector, operand, architecture));
  auto bits = [&] { return static_cast<std::uint64_t>(*operand.number); };
  if (selector.bit)
    result = allOf(result, operand.number ? of((bits() & *selector.bit) == *selector.bit) : Match::unknown);
  if (selector.without_bit)
    result = allOf(result, operand.number ? of((bits() & *selector.without_bit) == 0) : Match::unknown);
  return result;
}

bool holds(const std::optional<Variant>& variant, const std::optional<std::int64_t>& value) {
  if (!variant) return true;
  if (!value) return false;
  return (!variant->at_least || *value >= *variant->at_least) && (!variant->below || *value < *variant->below);
}

}  // namespace envleak::analyzer

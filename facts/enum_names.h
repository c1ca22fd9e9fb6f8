// Names of enumerators: one table serves both directions.
#pragma once

#include "facts/error.h"

#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace envleak::facts {

template <typename Enum, std::size_t N>
using EnumNames = std::array<std::pair<Enum, std::string_view>, N>;

template <typename Enum, std::size_t N>
std::string_view nameOf(const EnumNames<Enum, N>& names, Enum value) {
  for (const auto& [enumerator, name] : names)
    if (enumerator == value) return name;
  return "?";
}

// Throws InputError for a name that is not in the table.
template <typename Enum, std::size_t N>
Enum valueOf(const EnumNames<Enum, N>& names, std::string_view name, std::string_view field) {
  for (const auto& [enumerator, known] : names)
    if (known == name) return enumerator;
  throw InputError("unknown " + std::string(field) + " '" + std::string(name) + "'");
}

}  // namespace envleak::facts

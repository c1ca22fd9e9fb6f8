// Reading fields of a JSON object with messages that name the field. For the readers of facts and of reports.
#pragma once

#include "facts/error.h"
#include "facts/text.h"

#include <nlohmann/json.hpp>

#include <cinttypes>
#include <cstdio>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace envleak::facts {

using Json = nlohmann::ordered_json;

// A value of the given type; throws InputError, which calls it by the field's name, if it is of another. A number must be
// whole, and in the type's range.
template <typename T>
T valueAs(const Json& value, const char* name) {
  if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>) {
    const bool fits = value.is_number_unsigned()  ? std::in_range<T>(value.get<std::uint64_t>())
                      : value.is_number_integer() ? std::in_range<T>(value.get<std::int64_t>())
                                                  : !value.is_number();
    if (!fits) throw InputError("the field '" + std::string(name) + "' is no whole number, or out of range");
  }
  try {
    return value.get<T>();
  } catch (const nlohmann::json::exception&) {
    throw InputError("the field '" + std::string(name) + "' has the wrong type");
  }
}

// A field of the given type; throws InputError if it is absent or of another type.
template <typename T>
T field(const Json& object, const char* name) {
  if (!object.is_object()) throw InputError("an object is expected where '" + std::string(name) + "' should stand");
  auto found = object.find(name);
  if (found == object.end()) throw InputError("the field '" + std::string(name) + "' is missing");
  return valueAs<T>(*found, name);
}

// As field(), with a value for an absent or null field.
template <typename T>
T fieldOr(const Json& object, const char* name, T otherwise) {
  if (!object.is_object()) return otherwise;
  auto found = object.find(name);
  if (found == object.end() || found->is_null()) return otherwise;
  return field<T>(object, name);
}

template <typename T>
std::optional<T> optionalField(const Json& object, const char* name) {
  if (!object.is_object() || !object.contains(name) || object.at(name).is_null()) return std::nullopt;
  return field<T>(object, name);
}

template <typename T, typename Parse>
std::vector<T> listField(const Json& object, const char* name, Parse parse) {
  std::vector<T> list;
  for (const Json& element : field<Json>(object, name)) list.push_back(parse(element));
  return list;
}

template <typename T, typename Convert>
Json listToJson(const std::vector<T>& list, Convert convert) {
  Json json = Json::array();
  for (const T& element : list) json.push_back(convert(element));
  return json;
}

inline Json stringsToJson(const std::vector<std::string>& list) {
  return listToJson(list, [](const std::string& text) { return printable(text); });
}

inline Json nullable(const std::optional<std::string>& text) { return text ? Json(*text) : Json(nullptr); }

// 64-bit hashes are text in JSON: a double cannot hold them.
inline std::string hexOf(std::uint64_t number) {
  char text[17];
  std::snprintf(text, sizeof text, "%016" PRIx64, number);
  return text;
}

inline std::uint64_t hexField(const Json& object, const char* name) {
  std::string text = field<std::string>(object, name);
  char* end = nullptr;
  std::uint64_t number = std::strtoull(text.c_str(), &end, 16);
  if (text.empty() || *end != '\0') throw InputError("the field '" + std::string(name) + "' is not a hexadecimal number");
  return number;
}

// Parses a document and its "schema" field; throws InputError that names `origin` and what was expected.
Json parseDocument(const std::string& text, const std::string& origin, std::string_view schema, std::string_view remedy);

}  // namespace envleak::facts

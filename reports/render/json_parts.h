// Parts that the JSON of several answers shares.
#pragma once

#include "facts/text.h"
#include "facts/version.h"
#include "reports/crosscheck/report.h"

#include <nlohmann/json.hpp>

namespace envleak::reports::json {

using Json = nlohmann::ordered_json;

inline Json document(const char* schema) {
  return {{"schema", schema}, {"tool", {{"name", "envleak"}, {"version", version}}}};
}

inline Json orNull(const std::string& text) { return text.empty() ? Json(nullptr) : Json(printable(text)); }

template <typename List, typename Convert>
Json list(const List& elements, const Convert& convert) {
  Json json = Json::array();
  for (const auto& element : elements) json.push_back(convert(element));
  return json;
}

template <typename List>
Json strings(const List& texts) {
  return list(texts, [](const auto& text) { return printable(text); });
}

inline Json place(const Place& place) {
  return {{"file", orNull(place.file)},
          {"line", place.line},
          {"column", place.column},
          {"function", orNull(place.function)},
          {"module", orNull(place.module)}};
}

inline Json exit(const std::optional<facts::Exit>& of) {
  return !of ? Json(nullptr) : Json{{of->by_signal ? "signal" : "status", of->value}};
}

inline Json runs(const Runs& runs) {
  Index number = 0;
  return list(runs.runs(), [&](const facts::RuntimeFacts* run) -> Json {
    return {{"id", "r" + std::to_string(++number)},
            {"command", strings(run->command)},
            {"directory", printable(run->directory)},
            {"finished", run->finished}};
  });
}

}  // namespace envleak::reports::json

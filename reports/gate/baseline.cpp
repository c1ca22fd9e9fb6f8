#include "reports/gate/baseline.h"

#include "facts/error.h"
#include "facts/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <tuple>

namespace envleak::reports {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view schema = "envleak-baseline/1";
constexpr Level levels[] = {Level::note, Level::warning, Level::error};
constexpr std::string_view names[] = {"note", "warning", "error"};

std::string text(const Json& entry, const char* name) {
  auto found = entry.find(name);
  if (found == entry.end() || !found->is_string())
    throw InputError("a finding has no text in the field '" + std::string(name) + "'");
  return found->get<std::string>();
}

BaselineEntry entryOf(const Json& json) {
  if (!json.is_object()) throw InputError("a finding is expected to be an object");
  BaselineEntry entry{text(json, "file"), text(json, "function"),    text(json, "rule"),
                      Level::warning,     text(json, "fingerprint"), text(json, "message")};
  const auto* level = std::ranges::find(names, text(json, "level"));
  if (level == std::end(names)) throw InputError("a finding's level is not one of note, warning and error");
  entry.level = levels[level - names];
  return entry;
}

}  // namespace

std::vector<BaselineEntry> readBaseline(const std::string& file) {
  const std::string content = readFile(file, "baseline");
  try {
    const Json json = Json::parse(content, nullptr, false);
    if (json.is_discarded() || !json.is_object()) throw InputError("is no JSON object");
    if (text(json, "schema") != schema) throw InputError("its schema is not '" + std::string(schema) + "'");
    if (!json.contains("findings") || !json.at("findings").is_array()) throw InputError("has no list of findings");
    std::vector<BaselineEntry> entries;
    for (const Json& entry : json.at("findings")) entries.push_back(entryOf(entry));
    return entries;
  } catch (const InputError& error) {
    throw InputError(oneLine(file) + ": is no baseline: " + error.what() + "; write one with --write-baseline " +
                     oneLine(file));
  }
}

std::string baselineText(std::vector<BaselineEntry> entries) {
  std::ranges::sort(entries, {}, [](const BaselineEntry& entry) {
    return std::tie(entry.file, entry.function, entry.rule, entry.fingerprint, entry.message);
  });
  Json list = Json::array();
  for (const BaselineEntry& entry : entries)
    list.push_back({{"file", printable(entry.file)},
                    {"function", printable(entry.function)},
                    {"rule", entry.rule},
                    {"level", names[std::ranges::find(levels, entry.level) - levels]},
                    {"message", printable(entry.message)},
                    {"fingerprint", entry.fingerprint}});
  return Json{{"schema", schema}, {"findings", std::move(list)}}.dump(1) + "\n";
}

}  // namespace envleak::reports

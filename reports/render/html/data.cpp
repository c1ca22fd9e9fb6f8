#include "reports/render/html/data.h"

#include "facts/version.h"

#include <algorithm>

namespace envleak::reports::html {
namespace {

std::size_t hashOf(const std::vector<facts::Frame>& frames) {
  std::hash<std::string_view> hash;
  std::size_t all = frames.size();
  for (const facts::Frame& frame : frames)
    all = (all * 31 + hash(frame.file)) * 31 + (hash(frame.function) ^ frame.line ^ std::size_t{frame.column} << 32);
  return all;
}

// Do both stand for the same place?
bool same(const std::vector<facts::Frame>& a, const std::vector<facts::Frame>& b) {
  auto equal = [](const facts::Frame& x, const facts::Frame& y) {
    return x.line == y.line && x.column == y.column && x.function == y.function && x.file == y.file &&
           x.module == y.module;
  };
  return std::ranges::equal(a, b, equal);
}

}  // namespace

Data::Data(const Report& report)
    : report_(report), runs_(*report.runs), excerpts_(report.sources != nullptr ? report.files.get() : nullptr) {}

// Names that no process received, read or wrote have no class.
std::uint64_t Data::name(std::string_view name) {
  constexpr std::uint64_t unclassified = 3;
  std::optional<NameId> id = runs_.find(name);
  return names_.of({strings_.of(name), id ? static_cast<std::uint64_t>(report_.classes[*id]) : unclassified});
}

std::uint64_t Data::place(const Place& place) {
  return places_.of({strings_.of(place.file), place.line, place.column, strings_.of(place.function),
                     strings_.of(place.module), strings_.of(place.by)});
}

std::uint64_t Data::place(const std::vector<facts::Frame>& frames) {
  std::size_t hash = hashOf(frames);
  auto [first, last] = known_places_.equal_range(hash);
  for (; first != last; ++first)
    if (same(*first->second.frames, frames)) return first->second.place;
  std::uint64_t index = place(report_.files->place(frames));
  known_places_.emplace(hash, Known{&frames, index});
  return index;
}

std::uint64_t Data::texts(const std::vector<std::string>& texts) {
  Row row;
  for (const std::string& text : texts) row.push_back(strings_.of(text));
  return lists_.of(row);
}

std::uint64_t Data::nameList(const std::vector<std::string>& names) {
  Row row;
  for (const std::string& text : names) row.push_back(name(text));
  return lists_.of(row);
}

std::uint64_t Data::indexes(const std::vector<Index>& list) { return lists_.of(Row(list.begin(), list.end())); }

Json Data::json() {
  using facts::Observation;
  using facts::ReadKind;
  Json json = {
      {"tool", "envleak " + std::string(version)},
      {"root", clean(report_.files->root())},
      {"scanned", report_.sources != nullptr},
      {"incomplete", report_.incomplete},
      {"classes", enumNames({VariableClass::ambient, VariableClass::secret, VariableClass::setting})},
      {"observations", enumNames({Observation::full, Observation::imports, Observation::partial, Observation::blind})},
      {"kinds", enumNames({ReadKind::read, ReadKind::touched, ReadKind::imported})},
      {"joins",
       enumNames({JoinKind::site, JoinKind::ambiguous, JoinKind::unpredicted, JoinKind::outside, JoinKind::unlocated})},
      {"runs", runs()},
      {"images", images()},
      {"edges", edges()},
      {"sites", sites()},
      {"programs", programs()},
      {"units", units()},
      {"variables", variables()},
      {"findings", findings()},
      {"set_aside", setAside()},
      {"laundered", laundered()},
      {"blind_spots", blindSpots()},
      {"agreement", agreement()},
      {"excerpts", excerpts_.json()},
  };
  // The tables last: all that names a row of them has been written.
  json["reads"] = reads_.columns({"name", "place", "kind", "set", "own", "api", "count"});
  json["writes"] = writes_.columns({"name", "kind", "api", "place"});
  json["places"] = places_.columns({"file", "line", "column", "function", "module", "by"});
  json["names"] = names_.columns({"text", "class"});
  json["lists"] = lists_.lists();
  json["strings"] = strings_.json();
  return json;
}

}  // namespace envleak::reports::html

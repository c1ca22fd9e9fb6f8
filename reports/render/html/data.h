// What the page shows, as one compact JSON text. Numbers name rows of its tables; references that may be absent are
// one more than the number, and 0 for none.
#pragma once

#include "reports/crosscheck/report.h"
#include "reports/render/html/excerpts.h"
#include "reports/render/html/tables.h"

#include <map>

namespace envleak::reports::html {

// The tables that all parts of the data share.
class Data {
 public:
  explicit Data(const Report& report);
  Json json();

 private:
  std::uint64_t name(std::string_view name);
  std::uint64_t place(const Place& place);
  std::uint64_t place(const std::vector<facts::Frame>& frames);
  std::uint64_t texts(const std::vector<std::string>& texts);
  std::uint64_t nameList(const std::vector<std::string>& names);
  std::uint64_t indexes(const std::vector<Index>& list);
  // The place, with some lines of the source around it.
  template <typename Where>
  std::uint64_t shown(const Where& where) {
    std::uint64_t index = place(where);
    if (excerpted_.size() <= index) excerpted_.resize(index + 1);
    if (!excerpted_[index]) excerpt(where);
    excerpted_[index] = true;
    return index;
  }
  void excerpt(const Place& place) { excerpts_.want(place.file, place.line); }
  void excerpt(const std::vector<facts::Frame>& frames) { excerpt(report_.files->place(frames)); }

  // runs_data.cpp
  Json runs() const;
  Json images();
  Json edges();
  std::uint64_t reads(const RunImage& image);
  std::uint64_t writes(const RunImage& image);
  // sources_data.cpp
  Json sites();
  Json programs();
  Json units() const;
  // statements_data.cpp
  Json variables();
  Json readers(const VariableReport& variable);
  Json findings();
  Json setAside() const;
  Json laundered();
  Json blindSpots();
  Json agreement() const;

  const Report& report_;
  const Runs& runs_;
  Strings strings_;
  Rows lists_{true};
  Rows names_{false};
  Rows places_{false};
  Rows reads_{false};
  Rows writes_{false};
  Excerpts excerpts_;
  std::vector<bool> excerpted_;  // by place
  // Places of stacks that were seen before: a million reads are made at a few thousand places.
  struct Known {
    const std::vector<facts::Frame>* frames;
    std::uint64_t place;
  };
  std::unordered_multimap<std::size_t, Known> known_places_;
};

// The names of an enumeration's values, in the order of their numbers.
template <typename Enum>
Json enumNames(std::initializer_list<Enum> values) {
  Json json = Json::array();
  for (Enum value : values) json.push_back(toString(value));
  return json;
}

}  // namespace envleak::reports::html

// Tables of the page's data: each text, list and row is kept once and named by its number, so that ten thousand
// processes that did the same cost one list.
#pragma once

#include <nlohmann/json.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace envleak::reports::html {

using Json = nlohmann::ordered_json;
using Row = std::vector<std::uint64_t>;

// oneLine(), and characters that change the direction of text become \uNNNN: a name cannot rearrange its line.
std::string clean(std::string_view bytes);

class Strings {
 public:
  Strings() { of(""); }
  std::uint64_t of(std::string_view bytes);
  Json json() const { return texts_; }

 private:
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  std::unordered_map<std::string, std::uint64_t, Hash, std::equal_to<>> known_;  // by the bytes as they came
  std::vector<std::string> texts_;
};

// Rows in the order in which they were first named. The empty row is number 0 where `with_empty` says so.
class Rows {
 public:
  explicit Rows(bool with_empty) {
    if (with_empty) of({});
  }
  std::uint64_t of(const Row& row);
  const Row& row(std::uint64_t number) const { return *rows_[number]; }
  Json lists() const;
  // One array for each column.
  Json columns(const std::vector<const char*>& titles) const;

 private:
  struct Hash {
    std::size_t operator()(const Row& row) const;
  };
  std::unordered_map<Row, std::uint64_t, Hash> known_;
  std::vector<const Row*> rows_;
};

// A table without duplicates to look for: titles, then rows.
class Columns {
 public:
  explicit Columns(std::vector<const char*> titles) : titles_(std::move(titles)), columns_(titles_.size()) {}
  void add(const Row& row);
  Json json() const;

 private:
  std::vector<const char*> titles_;
  std::vector<Row> columns_;
};

}  // namespace envleak::reports::html

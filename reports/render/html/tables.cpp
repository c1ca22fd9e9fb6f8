#include "reports/render/html/tables.h"

#include "facts/text.h"

#include <cstdio>

namespace envleak::reports::html {

std::string clean(std::string_view bytes) {
  std::string text = oneLine(bytes);
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t length = std::max<std::size_t>(1, utf8SequenceLength(text, at));
    unsigned code = 0;
    if (length == 2)
      code = (text[at] & 0x1Fu) << 6 | (text[at + 1] & 0x3Fu);
    else if (length == 3)
      code = (text[at] & 0x0Fu) << 12 | (text[at + 1] & 0x3Fu) << 6 | (text[at + 2] & 0x3Fu);
    // C1 controls; Arabic letter mark; marks, embeddings, overrides, isolates; line and paragraph separators.
    bool hidden = (code >= 0x80 && code < 0xA0) || code == 0x61C || (code >= 0x200E && code <= 0x200F) ||
                  (code >= 0x2028 && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
    if (hidden) {
      char escape[8];
      std::snprintf(escape, sizeof escape, "\\u%04x", code);
      out += escape;
    } else {
      out.append(text, at, length);
    }
    at += length;
  }
  return out;
}

std::uint64_t Strings::of(std::string_view bytes) {
  if (auto found = known_.find(bytes); found != known_.end()) return found->second;
  known_.emplace(bytes, texts_.size());
  texts_.push_back(clean(bytes));
  return texts_.size() - 1;
}

std::size_t Rows::Hash::operator()(const Row& row) const {
  std::size_t hash = row.size();
  for (std::uint64_t value : row) hash = (hash ^ value) * 0x9E3779B97F4A7C15u ^ hash >> 29;
  return hash;
}

std::uint64_t Rows::of(const Row& row) {
  auto [entry, is_new] = known_.try_emplace(row, rows_.size());
  if (is_new) rows_.push_back(&entry->first);
  return entry->second;
}

Json Rows::lists() const {
  Json json = Json::array();
  for (const Row* row : rows_) json.push_back(*row);
  return json;
}

Json Rows::columns(const std::vector<const char*>& titles) const {
  Json json = Json::object();
  for (std::size_t i = 0; i < titles.size(); ++i) {
    Json& column = json[titles[i]] = Json::array();
    for (const Row* row : rows_) column.push_back((*row)[i]);
  }
  return json;
}

void Columns::add(const Row& row) {
  for (std::size_t i = 0; i < columns_.size(); ++i) columns_[i].push_back(row[i]);
}

Json Columns::json() const {
  Json json = Json::object();
  for (std::size_t i = 0; i < titles_.size(); ++i) json[titles_[i]] = columns_[i];
  return json;
}

}  // namespace envleak::reports::html

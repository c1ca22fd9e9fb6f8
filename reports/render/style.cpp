#include "reports/render/style.h"

#include "facts/text.h"

#include <fstream>

namespace envleak::reports {

std::string Style::level(Level level) const {
  std::string text = std::string(toString(level)) + ": ";
  switch (level) {
    case Level::error:
      return wrap("1;31", text);
    case Level::warning:
      return wrap("1;35", text);
    default:
      return wrap("1;36", text);
  }
}

std::string locationPrefix(const std::string& file, unsigned line, unsigned column) {
  std::string text = oneLine(file);
  if (line != 0) text += ":" + std::to_string(line);
  if (line != 0 && column != 0) text += ":" + std::to_string(column);
  return text + ": ";
}

std::string called(const std::string& function) {
  std::string text = oneLine(function);
  return text.ends_with(')') ? text : text + "()";
}

std::string describe(const Place& place) {
  std::string text;
  if (!place.file.empty() && place.line != 0)
    text = oneLine(place.file) + ":" + std::to_string(place.line);
  else if (!place.module.empty())
    text = shortName(place.module);
  if (!place.function.empty()) {
    text += (text.empty() ? "" : " in ") + called(place.function);
  }
  if (!place.by.empty()) text += ", by way of " + shortName(place.by);
  return text;
}

std::string counted(std::uint64_t count, std::string_view one, std::string_view many) {
  return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

std::string shortName(const std::string& path) { return oneLine(path.substr(path.rfind('/') + 1)); }

std::string SourceExcerpts::at(const std::string& file, unsigned line, unsigned column) {
  if (line == 0) return {};
  auto [entry, is_new] = files_.try_emplace(file);
  if (is_new) {
    std::ifstream in(file.starts_with('/') ? file : root_ + "/" + file);
    for (std::string text; std::getline(in, text);) entry->second.push_back(std::move(text));
  }
  if (line > entry->second.size()) return {};
  constexpr std::size_t longest = 200;
  const std::string& text = entry->second[line - 1];
  if (text.size() > longest) return {};
  std::string shown, under;
  for (std::size_t i = 0; i < text.size(); ++i) {
    shown += text[i] == '\t' ? ' ' : text[i];
    if (i + 1 < column && (static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) under += ' ';
  }
  std::string result = "  " + oneLine(shown) + "\n";
  if (column != 0 && column <= text.size()) result += "  " + under + "^\n";
  return result;
}

}  // namespace envleak::reports

#include "analyzer/prefilter/unit_text.h"

#include "analyzer/frontend/regular_file.h"

#include <algorithm>
#include <string_view>
#include <unordered_set>

namespace envleak::analyzer {
namespace {

constexpr std::size_t notThere = static_cast<std::size_t>(-1);

std::string joined(const std::string& folder, const std::string& name) {
  return name.starts_with('/') ? name : folder + "/" + name;
}

// The value of an option that may be joined to it; nullptr-like empty if `word` is another.
bool takesValue(std::string_view word, std::string_view option, const std::vector<std::string>& words, std::size_t& at,
                std::string& value) {
  if (!word.starts_with(option)) return false;
  value = word.substr(option.size());
  if (value.empty() && at + 1 < words.size()) value = words[++at];
  return true;
}

}  // namespace

UnitTexts::UnitTexts(const std::vector<CompileCommand>& commands) {
  for (const CompileCommand& command : commands) add(command);
}

std::size_t UnitTexts::read(const std::string& path) {
  auto [found, added] = by_path_.try_emplace(path, notThere);
  if (!added) return found->second;
  std::optional<std::string> content = readRegularFile(path);
  if (!content) return notThere;
  auto file = std::make_unique<File>();
  file->readable = true;
  file->text = readSourceText(*content);
  file->folder = path.substr(0, path.rfind('/'));
  files_.push_back(std::move(file));
  return found->second = files_.size() - 1;
}

std::size_t UnitTexts::find(const std::string& folder, const std::string& name) { return read(joined(folder, name)); }

const std::vector<std::size_t>& UnitTexts::includedBy(std::size_t file, Search& search) {
  auto [found, added] = search.included.try_emplace(file);
  if (!added) return found->second;
  std::vector<std::size_t> result;
  for (const SourceText::Include& include : files_[file]->text.includes) {
    std::size_t header = include.quoted ? find(files_[file]->folder, include.name) : notThere;
    if (include.quoted)
      for (std::size_t i = 0; header == notThere && i < search.quoted.size(); ++i)
        header = find(search.quoted[i], include.name);
    for (std::size_t i = 0; header == notThere && i < search.all.size(); ++i)
      header = find(search.all[i], include.name);
    if (header != notThere) result.push_back(header);
  }
  return search.included[file] = std::move(result);
}

void UnitTexts::add(const CompileCommand& command) {
  std::vector<std::string> quoted, angled, system, after, forced;
  Unit unit;
  for (std::size_t i = 0; i < command.arguments.size(); ++i) {
    const std::string& word = command.arguments[i];
    std::string value;
    // A longer option before its beginning.
    if (takesValue(word, "-include-pch", command.arguments, i, value)) {
      unit.opaque = true;
    } else if (takesValue(word, "-include", command.arguments, i, value) ||
               takesValue(word, "-imacros", command.arguments, i, value)) {
      forced.push_back(value);
    } else if (takesValue(word, "-iquote", command.arguments, i, value)) {
      quoted.push_back(joined(command.directory, value));
    } else if (takesValue(word, "-isystem", command.arguments, i, value)) {
      system.push_back(joined(command.directory, value));
    } else if (takesValue(word, "-idirafter", command.arguments, i, value)) {
      after.push_back(joined(command.directory, value));
    } else if (takesValue(word, "-iprefix", command.arguments, i, value) || word.starts_with("-iwithprefix") ||
               word.starts_with("-fmodule") || word.starts_with("-ivfsoverlay")) {
      unit.opaque = true;
    } else if (takesValue(word, "-I", command.arguments, i, value)) {
      angled.push_back(joined(command.directory, value));
    } else if (takesValue(word, "-D", command.arguments, i, value)) {
      if (std::size_t equals = value.find('='); equals != std::string::npos) {
        SourceText text = readSourceText(std::string_view(value).substr(equals + 1));
        unit.defined.insert(unit.defined.end(), text.names.begin(), text.names.end());
      }
    }
  }
  for (const auto* more : {&system, &after}) angled.insert(angled.end(), more->begin(), more->end());
  auto& search = searches_[{quoted, angled}];
  if (!search) search.reset(new Search{quoted, angled, {}});

  unit.main = read(joined(command.directory, command.file));
  std::vector<std::size_t> todo;
  for (const std::string& name : forced) {
    std::size_t header = find(command.directory, name);
    for (std::size_t i = 0; header == notThere && i < angled.size(); ++i) header = find(angled[i], name);
    if (header != notThere) todo.push_back(header);
  }
  if (unit.main == notThere) {
    unit.opaque = true;
  } else {
    todo.push_back(unit.main);
    std::unordered_set<std::size_t> seen;
    while (!todo.empty()) {
      std::size_t file = todo.back();
      todo.pop_back();
      if (!seen.insert(file).second) continue;
      unit.opaque |= files_[file]->text.computed_include;
      if (file != unit.main) unit.headers.push_back(file);
      for (std::size_t header : includedBy(file, *search)) todo.push_back(header);
    }
  }
  units_.push_back(std::move(unit));
}

std::vector<bool> UnitTexts::matching(NameFilter& wanted) {
  auto anyOf = [&](const std::vector<NameHash>& names) {
    return std::ranges::any_of(names, [&](NameHash name) { return wanted.contains(name); });
  };
  for (bool changed = true; changed;) {
    changed = false;
    for (const auto& file : files_)
      for (const SourceText::Macro& macro : file->text.macros)
        if (!wanted.contains(macro.name) && anyOf(macro.body)) changed |= wanted.add(macro.name);
  }
  std::vector<bool> in_main, in_header, result;
  for (const auto& file : files_) {
    in_main.push_back(file->text.suppresses || anyOf(file->text.names));
    in_header.push_back(file->text.suppresses || anyOf(file->text.executed));
  }
  for (const Unit& unit : units_)
    result.push_back(unit.opaque || in_main[unit.main] || anyOf(unit.defined) ||
                     std::ranges::any_of(unit.headers, [&](std::size_t header) { return in_header[header]; }));
  return result;
}

}  // namespace envleak::analyzer

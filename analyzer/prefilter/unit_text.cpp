#include "analyzer/prefilter/unit_text.h"

#include "analyzer/frontend/paths.h"
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
  for (std::size_t before = 1; before != accessors_.size();) {
    before = accessors_.size();
    for (const auto& file : files_)
      for (const SourceText::Macro& macro : file->text.macros)
        if (macro.accesses || std::ranges::any_of(macro.body, [&](NameHash name) { return accessors_.contains(name); }))
          accessors_.insert(macro.name);
  }
  // Which files `#include MACRO` may mean is known when the macros are, and these files may define more.
  for (std::size_t before = 0; before != files_.size() + definitions_.size();) {
    before = files_.size() + definitions_.size();
    for (auto& [flags, search] : searches_) search->included.clear();
    for (Unit& unit : units_)
      if (!unit.opaque)
        forEachFile(unit, [&](std::size_t file) {
          for (const SourceText::Include& include : files_[file]->text.includes)
            unit.opaque |= include.computed && undecided_.contains(nameHash(include.name));
          return true;
        });
  }
}

std::unordered_set<NameHash> UnitTexts::leadingTo(std::unordered_set<NameHash> names,
                                                  const std::vector<SourceText::Body>& bodies) const {
  std::vector<UnparsedText> texts = unparsed();
  std::unordered_set<NameHash> macros;
  for (const auto& file : files_)
    for (const SourceText::Macro& macro : file->text.macros) macros.insert(macro.name);
  auto leads = [&](NameHash name) { return names.contains(name); };
  auto add = [&](const SourceText::Body& body) { names.insert(body.names.begin(), body.names.end()); };
  for (std::size_t before = 0; before != names.size();) {
    before = names.size();
    for (const SourceText::Body& body : bodies)
      if (std::ranges::any_of(body.called, leads)) add(body);
    for (const UnparsedText& file : texts) {
      // In C what runs is called, or stands in a macro; in C++ what is named may have a constructor.
      bool is_c = file.file.ends_with(".c");
      auto may_run = [&](NameHash name) { return leads(name) && macros.contains(name); };
      for (const SourceText::Body& body : file.text->bodies)
        if (std::ranges::any_of(body.called, leads) ||
            (is_c ? std::ranges::any_of(body.used, may_run) : std::ranges::any_of(body.used, leads)))
          add(body);
    }
  }
  return names;
}

std::vector<UnparsedText> UnitTexts::unparsed() const {
  std::vector<bool> parsed(files_.size());
  for (const Unit& unit : units_)
    if (unit.parsed && !unit.opaque) parsed[unit.main] = true;
  std::vector<UnparsedText> texts;
  for (std::size_t i = 0; i < files_.size(); ++i)
    if (!parsed[i]) texts.push_back({files_[i]->real, &files_[i]->text});
  return texts;
}

std::uint64_t UnitTexts::includesOf(std::size_t number) {
  std::set<std::string> paths;
  Unit& unit = units_[number];
  std::vector<std::size_t> todo = unit.forced;
  if (unit.main != notThere) todo.push_back(unit.main);
  std::unordered_set<std::size_t> seen(todo.begin(), todo.end());
  // Also what the conditions of an earlier parse left out.
  while (!todo.empty()) {
    std::size_t file = todo.back();
    todo.pop_back();
    paths.insert(files_[file]->real);
    for (std::size_t header : includedBy(file, *unit.search))
      if (seen.insert(header).second) todo.push_back(header);
  }
  std::string all;
  for (const std::string& path : paths) all += path + "\n";
  return contentHash(all);
}

Closure UnitTexts::sources() const {
  Closure sources;
  for (const auto& [path, file] : by_path_) {
    if (file == notThere)
      sources.absent.push_back(path);
    else
      sources.files.push_back({path, files_[file]->hash});
  }
  return sources;
}

std::string UnitTexts::fingerprint() const {
  std::string text = commands_;
  for (const auto& file : files_) text += file->real + ":" + std::to_string(file->hash) + "\n";
  return text;
}

void UnitTexts::define(const SourceText& text) {
  for (const SourceText::Macro& macro : text.macros) {
    if (macro.file.empty())
      undecided_.insert(macro.name);
    else
      definitions_.insert({macro.name, macro.file});
  }
}

std::size_t UnitTexts::resolve(const SourceText::Include& include, std::size_t from, const Search& search) {
  std::size_t header = include.quoted ? find(files_[from]->folder, include.name) : notThere;
  if (include.quoted)
    for (std::size_t i = 0; header == notThere && i < search.quoted.size(); ++i)
      header = find(search.quoted[i], include.name);
  for (std::size_t i = 0; header == notThere && i < search.all.size(); ++i) header = find(search.all[i], include.name);
  return header;
}

std::size_t UnitTexts::read(const std::string& path) {
  auto [found, added] = by_path_.try_emplace(path, notThere);
  if (!added) return found->second;
  std::optional<std::string> content = readRegularFile(path);
  if (!content) return notThere;
  auto file = std::make_unique<File>();
  file->text = readSourceText(*content);
  file->hash = contentHash(*content);
  define(file->text);
  file->folder = path.substr(0, path.rfind('/'));
  file->real = canonicalPath(path, "");
  by_real_path_[file->real].push_back(files_.size());
  files_.push_back(std::move(file));
  return found->second = files_.size() - 1;
}

std::size_t UnitTexts::find(const std::string& folder, const std::string& name) { return read(joined(folder, name)); }

const std::vector<std::size_t>& UnitTexts::includedBy(std::size_t file, Search& search) {
  auto [found, added] = search.included.try_emplace(file);
  if (!added) return found->second;
  std::vector<std::size_t> result;
  // By value: what is found is read, and files_ grows.
  const std::vector<SourceText::Include> includes = files_[file]->text.includes;
  for (const SourceText::Include& include : includes) {
    std::vector<SourceText::Include> meant;
    NameHash macro = nameHash(include.name);
    if (!include.computed) meant.push_back(include);
    for (auto at = definitions_.lower_bound({macro, {}});
         include.computed && at != definitions_.end() && at->first == macro; ++at)
      meant.push_back({at->second.substr(1, at->second.size() - 2), at->second[0] == '"', false});
    for (const SourceText::Include& each : meant)
      if (std::size_t header = resolve(each, file, search); header != notThere) result.push_back(header);
  }
  return search.included[file] = std::move(result);
}

void UnitTexts::add(const CompileCommand& command) {
  std::vector<std::string> quoted, angled, system, after, forced;
  Unit unit;
  commands_ += command.directory + "\n" + command.file + "\n";
  for (const std::string& word : command.arguments) commands_ += word + "\n";
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
        define(readSourceText("#define " + value.substr(0, equals) + " " + value.substr(equals + 1)));
      }
    }
  }
  for (const auto* more : {&system, &after}) angled.insert(angled.end(), more->begin(), more->end());
  std::vector<std::string> flags = command.arguments;
  flags.push_back(command.directory);
  auto& search = searches_[flags];
  if (!search) search.reset(new Search{quoted, angled, {}, {}, {}});
  unit.search = search.get();

  bool named_c = command.file.ends_with(".c") &&
                 std::ranges::none_of(command.arguments, [](const std::string& word) { return word.starts_with("-x"); });
  unit.cplusplus = command.cplusplus || !named_c;
  unit.main = read(joined(command.directory, command.file));
  for (const std::string& name : forced) {
    std::size_t header = find(command.directory, name);
    for (std::size_t i = 0; header == notThere && i < angled.size(); ++i) header = find(angled[i], name);
    if (header != notThere) unit.forced.push_back(header);
  }
  unit.opaque |= unit.main == notThere;
  if (!unit.opaque) forEachFile(unit, [](std::size_t) { return true; });
  units_.push_back(std::move(unit));
}

template <typename Visit>
void UnitTexts::forEachFile(Unit& unit, Visit visit) {
  std::vector<std::size_t> todo = unit.forced;
  todo.push_back(unit.main);
  std::unordered_set<std::size_t> seen;
  while (!todo.empty()) {
    std::size_t file = todo.back();
    todo.pop_back();
    if (!seen.insert(file).second) continue;
    if (!visit(file)) return;
    for (std::size_t header : includedBy(file, *unit.search))
      if (!unit.search->left_out.contains({file, header})) todo.push_back(header);
  }
}

void UnitTexts::parsed(std::size_t number, const Closure& closure) {
  Unit& unit = units_[number];
  unit.parsed = true;
  if (unit.opaque) return;
  std::unordered_set<std::size_t> files;
  for (const SourceVersion& source : closure.files)
    if (auto found = by_real_path_.find(canonicalPath(source.path, "")); found != by_real_path_.end())
      files.insert(found->second.begin(), found->second.end());
  for (std::size_t file : files) {
    unit.search->covered.insert(file);
    for (std::size_t header : includedBy(file, *unit.search))
      if (!files.contains(header)) unit.search->left_out.insert({file, header});
  }
}

bool UnitTexts::mentions(Unit& unit, NameHash name) {
  bool found = false;
  forEachFile(unit, [&](std::size_t file) {
    const SourceText& text = files_[file]->text;
    found = std::ranges::binary_search(text.names, name) || std::ranges::binary_search(text.included, name);
    return !found;
  });
  return found;
}

std::vector<std::size_t> UnitTexts::choose(NameFilter& wanted) {
  auto anyOf = [&](const std::vector<NameHash>& names) {
    return std::ranges::any_of(names, [&](NameHash name) { return wanted.contains(name); });
  };
  for (bool changed = true; changed;) {
    changed = false;
    for (const auto& file : files_)
      for (const SourceText::Macro& macro : file->text.macros)
        if (!wanted.contains(macro.name)) changed |= anyOf(macro.body) ? wanted.add(macro.name) : wantWithin(macro);
  }
  std::vector<std::size_t> chosen;
  for (std::size_t i = 0; i < units_.size(); ++i) {
    Unit& unit = units_[i];
    if (unit.parsed) continue;
    const SourceText* main = unit.opaque ? nullptr : &files_[unit.main]->text;
    if (!main || main->suppresses || anyOf(main->names) || anyOf(main->defined) || anyOf(unit.defined) ||
        usesWithin(unit, *main, main->names))
      chosen.push_back(i);
  }
  if (!chosen.empty()) return chosen;
  std::vector<bool> in_header;
  for (const auto& file : files_)
    in_header.push_back(file->text.suppresses || anyOf(file->text.executed) || anyOf(file->text.defined));
  std::set<std::pair<Search*, std::size_t>> represented;
  for (std::size_t i = 0; i < units_.size(); ++i) {
    Unit& unit = units_[i];
    if (unit.parsed) continue;
    bool represents = false;
    forEachFile(unit, [&](std::size_t file) {
      if (!unit.search->covered.contains(file) && (in_header[file] || usesWithin(unit, files_[file]->text, files_[file]->text.executed)))
        represents |= represented.insert({unit.search, file}).second;
      return true;
    });
    if (represents) chosen.push_back(i);
  }
  return chosen;
}

}  // namespace envleak::analyzer

// Fields and members, which matter only in texts that get at what they are of.
#include "analyzer/prefilter/unit_text.h"

#include <algorithm>
#include <optional>
#include <string_view>

namespace envleak::analyzer {
namespace {

bool isKeyword(NameHash name) {
  static const std::unordered_set<NameHash> words = [] {
    std::unordered_set<NameHash> hashes;
    for (std::string_view word :
         {"struct", "union", "enum", "class", "const", "volatile", "static", "extern", "inline", "register", "restrict",
          "unsigned", "signed", "void", "char", "short", "int", "long", "float", "double", "bool", "_Bool", "typedef", "if",
          "else", "for", "while", "do", "switch", "case", "default", "return", "break", "continue", "goto", "sizeof"})
      hashes.insert(nameHash(word));
    return hashes;
  }();
  return words.contains(name);
}

}  // namespace

bool UnitTexts::wantWithin(NameHash name, const Within& within) {
  std::vector<Within>& all = within_[name];
  if (std::ranges::find(all, within) != all.end()) return false;
  all.push_back(within);
  return true;
}

bool UnitTexts::wantWithin(const SourceText::Macro& macro) {
  bool added = false;
  for (NameHash name : macro.body) {
    auto wanted = within_.find(name);
    if (wanted == within_.end()) continue;
    for (const Within& one : std::vector<Within>(wanted->second))
      if (!one.argument) added |= wantWithin(macro.name, one);
  }
  return added;
}

bool UnitTexts::wantMember(NameHash name, NameHash within) { return wantWithin(name, {within, Language::cplusplus}); }

bool UnitTexts::wantField(NameHash name, NameHash within, bool given) {
  bool added = wantWithin(fieldHash(name), {within, Language::c});
  added |= wantWithin(argumentHash(name), {within, Language::c, true});
  added |= wantWithin(name, {within, Language::cplusplus});
  if (!given) return added;
  // By its position.
  for (NameHash type : leadingTo(within).types) added |= wantWithin(bracedHash(type), {within, Language::c});
  added |= wantWithin(fieldHash(assignedHash(name)), {within, Language::c});
  return wantWithin(assignedHash(name), {within, Language::cplusplus}) || added;
}

const UnitTexts::Leading& UnitTexts::leadingTo(NameHash type) {
  auto [found, added] = leading_.try_emplace(type);
  if (!added) return found->second;
  auto& [names, types] = found->second;
  types.insert(type);
  std::unordered_set<std::size_t> main_files;
  for (const Unit& unit : units_) main_files.insert(unit.main);
  names.insert(type);
  for (std::size_t before = 0; before != names.size() + types.size();) {
    before = names.size() + types.size();
    for (std::size_t file = 0; file < files_.size(); ++file) {
      const SourceText& text = files_[file]->text;
      for (const SourceText::Macro& macro : text.macros)
        if (std::ranges::any_of(macro.body, [&](NameHash name) { return names.contains(name); })) names.insert(macro.name);
      // What a source declares, another one that uses it declares, too.
      if (main_files.contains(file)) continue;
      for (const SourceText::Declaration& declaration : text.declarations) {
        auto of_type = std::ranges::find_if(declaration.names, [&](NameHash name) { return types.contains(name); });
        // A field of the struct itself leads from one to another only.
        if (of_type == declaration.names.end() || types.contains(declaration.owner)) continue;
        for (auto at = declaration.unsure ? declaration.names.begin() : of_type + 1; at != declaration.names.end(); ++at) {
          if (isKeyword(*at)) continue;
          names.insert(*at);
          if (declaration.is_typedef) types.insert(*at);
        }
      }
    }
  }
  return found->second;
}

bool UnitTexts::usesWithin(Unit& unit, const SourceText& file, const std::vector<NameHash>& names) {
  std::optional<bool> accessed;  // may an argument be a field's name?
  auto within = [&](const Within& one) {
    if (one.language == (unit.cplusplus ? Language::c : Language::cplusplus)) return false;
    if (one.language == Language::cplusplus) return mentions(unit, one.within);
    if (one.argument && !accessed)
      accessed = std::ranges::any_of(names, [&](NameHash other) { return accessors_.contains(other); });
    if (one.argument && !*accessed) return false;
    const std::unordered_set<NameHash>& leading = leadingTo(one.within).names;
    return std::ranges::any_of(file.names, [&](NameHash name) { return leading.contains(name); });
  };
  return std::ranges::any_of(names, [&](NameHash name) {
    auto wanted = within_.find(name);
    return wanted != within_.end() && std::ranges::any_of(wanted->second, within);
  });
}

}  // namespace envleak::analyzer

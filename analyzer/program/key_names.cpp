#include "analyzer/program/key_names.h"

namespace envleak::analyzer {
namespace {

bool isNameCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || (c & 0x80) != 0;
}

// Takes the name that the text ends in from its end.
std::string takeWord(std::string_view& text) {
  std::size_t start = text.size();
  while (start > 0 && isNameCharacter(text[start - 1])) --start;
  std::string word(text.substr(start));
  text = text.substr(0, start);
  return word;
}

}  // namespace

KeyNames::KeyNames(const std::vector<UnitSummary>& units, WantedNames& wanted) : wanted_(wanted) {
  for (const UnitSummary& unit : units) main_files_.insert(unit.main_file);
}

void KeyNames::addFunction(const Function& function) {
  if (isOfUnit(function.key)) return;
  std::string_view name = function.name;
  // Others come to a lambda by what it stands in.
  while (name.ends_with("::(lambda)")) name.remove_suffix(std::string_view("::(lambda)").size());
  if (name.find("operator") != name.npos) wanted_.everything = true;
  if (std::size_t angle = name.find('<'); angle != name.npos) name = name.substr(0, angle);
  std::string last = takeWord(name);
  // "A::f"; not "(anonymous)::f" or "A<T>::f".
  std::string within = name.ends_with("::") ? takeWord(name = name.substr(0, name.size() - 2)) : std::string();
  if (!last.empty()) wanted_.names.insert({last, within});
}

bool KeyNames::isOfUnit(std::string_view key) const {
  std::size_t bar = key.rfind('|');
  if (bar == key.npos) return false;
  std::string_view file = key.substr(0, bar);
  if (std::size_t before = file.find('|'); before != file.npos) file.remove_prefix(before + 1);
  return main_files_.contains(std::string(file));
}

// More words than needed, never less.
void KeyNames::addKey(std::string_view key, std::set<WantedNames::Name>& names) {
  if (isOfUnit(key)) return;
  if (std::size_t bar = key.rfind('|'); bar != key.npos) key.remove_prefix(bar + 1);
  // A USR of C ends in the name; where a signature or a template stands in it, all its words count.
  const bool signature = key.find('#') != key.npos;
  std::string within;
  if (!signature) {
    // "c:@S@options@FI@env" is a field of `options`; a struct without a name is called by its file and place.
    if (std::size_t field = key.rfind("@FI@"); field != key.npos) {
      std::string_view owner = key.substr(0, field);
      within = takeWord(owner);
      bool named = owner.ends_with("@S@") || owner.ends_with("@U@") || owner.ends_with("@SA@") || owner.ends_with("@UA@");
      if (!named) within.clear();
    }
    if (std::size_t at = key.rfind('@'); at != key.npos) key.remove_prefix(at + 1);
  }
  for (std::size_t at = 0; at < key.size();) {
    std::size_t start = at;
    while (at < key.size() && isNameCharacter(key[at])) ++at;
    std::string_view word = key.substr(start, at - start);
    bool is_tag = signature && !word.empty() && word.size() < 3 &&
                  (word == "c" || (word[0] >= 'A' && word[0] <= 'Z'));  // of the USR itself
    bool is_name = !word.empty() && (word[0] < '0' || word[0] > '9') && !word.starts_with("__builtin_") && !is_tag;
    if (is_name) names.insert({std::string(word), within});
    while (at < key.size() && !isNameCharacter(key[at])) ++at;
  }
}

}  // namespace envleak::analyzer

#include "analyzer/frontend/variable_names.h"

#include <algorithm>
#include <charconv>
#include <string_view>

namespace envleak::analyzer {
namespace {

constexpr std::string_view parameterMark = "=#";
constexpr std::size_t likelyLength = 64;

bool isInParameter(const std::string& name) { return name.starts_with(parameterMark); }

}  // namespace

void addName(std::vector<std::string>& names, const std::string& name) {
  auto at = std::ranges::lower_bound(names, name);
  if (at == names.end() || *at != name) names.insert(at, name);
}

void addNames(NamedVariables& names, const NamedVariables& more) {
  for (const std::string& name : more.set) addName(names.set, name);
  for (const std::string& name : more.unset) addName(names.unset, name);
  for (const std::string& name : more.kept) addName(names.kept, name);
  names.open |= more.open;
}

NamedVariables changedAfter(NamedVariables names, const NamedVariables& later) {
  auto erase = [](std::vector<std::string>& from, const std::vector<std::string>& what) {
    std::erase_if(from, [&](const std::string& name) { return std::ranges::binary_search(what, name); });
  };
  erase(names.set, later.unset);
  erase(names.kept, later.unset);
  erase(names.unset, later.set);
  erase(names.unset, later.kept);
  // It may be any of them that is set again.
  if (later.open || std::ranges::any_of(later.set, isInParameter)) names.unset.clear();
  addNames(names, later);
  return names;
}

std::string nameInParameter(unsigned parameter) { return std::string(parameterMark) + std::to_string(parameter); }

std::optional<unsigned> parameterOfName(const std::string& name) {
  if (!name.starts_with(parameterMark)) return std::nullopt;
  unsigned parameter = 0;
  const char* end = name.data() + name.size();
  auto [at, error] = std::from_chars(name.data() + parameterMark.size(), end, parameter);
  return error == std::errc() && at == end ? std::optional(parameter) : std::nullopt;
}

bool isLikelyName(const std::string& text) {
  return !text.empty() && text.size() <= likelyLength && (text[0] < '0' || text[0] > '9') &&
         text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == std::string::npos;
}

std::string inTermsOf(const std::string& name, const std::vector<PassedName>& passed) {
  std::optional<unsigned> parameter = parameterOfName(name);
  if (!parameter) return name;
  auto found = std::ranges::find(passed, *parameter, &PassedName::parameter);
  return found == passed.end() ? std::string() : found->name;
}

NamedVariables inTermsOf(const NamedVariables& names, const std::vector<PassedName>& passed) {
  NamedVariables result{{}, {}, {}, names.open};
  for (const std::string& name : names.set) {
    std::string given = inTermsOf(name, passed);
    if (given.empty())
      result.open = true;
    else
      addName(result.set, given);
  }
  for (const std::string& name : names.kept) {
    std::string given = inTermsOf(name, passed);
    if (given.empty())
      result.open = true;
    else
      addName(result.kept, given);
  }
  // Which one is taken away is not known: none is said to be.
  for (const std::string& name : names.unset)
    if (std::string given = inTermsOf(name, passed); !given.empty()) addName(result.unset, given);
  return result;
}

NamedVariables knownNames(const NamedVariables& names) { return inTermsOf(names, {}); }

}  // namespace envleak::analyzer

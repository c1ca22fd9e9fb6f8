// The names of variables that the source changes in an environment, as far as they are constants, or parameters.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace envleak::analyzer {

// Variables that are known by name, as far as they are constants. Sorted, without duplicates.
struct NamedVariables {
  std::vector<std::string> set;    // given by the program
  std::vector<std::string> unset;  // taken away
  std::vector<std::string> kept;   // taken over from the parent
  bool open = false;               // and others whose names are not constants
  bool operator==(const NamedVariables&) const = default;
  bool any() const { return open || !set.empty() || !unset.empty() || !kept.empty(); }
};
void addName(std::vector<std::string>& names, const std::string& name);
void addNames(NamedVariables& names, const NamedVariables& more);
// What is left after `later` changed what `names` had changed.
NamedVariables changedAfter(NamedVariables names, const NamedVariables& later);

// Names that begin with '=', which no variable's does: those that are kept in the cell,
inline std::string namesOf(const std::string& cell) { return "=" + cell; }
// and what the caller of the function passes for its parameter.
std::string nameInParameter(unsigned parameter);
std::optional<unsigned> parameterOfName(const std::string& name);
// Without those that only a caller knows.
NamedVariables knownNames(const NamedVariables& names);

// A constant that can well be the name of a variable: others are not told apart, there are too many.
bool isLikelyName(const std::string& text);

// What a call passes as the name of a variable: a constant, or a parameter of its own function.
struct PassedName {
  unsigned parameter = 0;  // of the callee
  std::string name;
  bool operator==(const PassedName&) const = default;
};
// The callee's names in terms of its caller.
std::string inTermsOf(const std::string& name, const std::vector<PassedName>& passed);  // empty: not known
NamedVariables inTermsOf(const NamedVariables& names, const std::vector<PassedName>& passed);

}  // namespace envleak::analyzer

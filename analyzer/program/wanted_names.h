// Which names the rest of a program would have to use to matter to what is known of it so far.
#pragma once

#include "analyzer/frontend/summary.h"
#include "analyzer/knowledge/knowledge.h"

#include <set>
#include <string>
#include <vector>

namespace envleak::analyzer {

struct WantedNames {
  std::set<std::string> names;     // of functions, unqualified
  std::set<std::string> pointers;  // of variables and fields whose value is called; being given one is no use of them
  std::set<std::string> definitions;  // of functions whose bodies are missed; who only calls them does not matter
  bool everything = false;            // a call that has no name of its own may matter: an operator
};

// Of the units parsed so far: their wrappers, the variables and fields that hold a spawn API or a wrapper, and the
// functions that decide an environment and were not seen. A unit that uses none of these and no API of the knowledge
// base cannot change a finding.
WantedNames wantedNames(std::vector<UnitSummary> units, const Knowledge& knowledge);

}  // namespace envleak::analyzer

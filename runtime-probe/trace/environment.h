// Environments in a trace, and what became of each variable between two of them.
#pragma once

#include "facts/runtime_facts.h"
#include "runtime-probe/trace/trace_file.h"

#include <string>
#include <string_view>
#include <vector>

namespace envleak::trace {

// The variables of an EnvironmentRecord in their order, duplicates included. Entries without '=' are no variables.
// Throws DamagedRecord.
std::vector<facts::Variable> variablesOf(const Record& environment);

// Sorted names, each once.
struct Crossing {
  std::vector<std::string> crossed;  // in both, with the same value
  std::vector<std::string> added;    // only in the child's
  std::vector<std::string> changed;  // in both, with different values
  std::vector<std::string> removed;  // only in the parent's
};

// Of several entries with one name the first counts, as for getenv.
Crossing compare(const std::vector<facts::Variable>& parent, const std::vector<facts::Variable>& child);

}  // namespace envleak::trace

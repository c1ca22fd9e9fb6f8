// Environments in a trace, and what became of each variable between two of them.
#pragma once

#include "facts/runtime_facts.h"
#include "runtime-probe/trace/trace_file.h"

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace envleak::trace {

// The variables of an EnvironmentRecord in their order, duplicates included. Entries without '=' are no variables.
// Throws DamagedRecord.
std::vector<facts::Variable> variablesOf(const Record& environment);

// Sorted names, each once.
struct Crossing {
  facts::SharedList<std::string> crossed;  // in both, with the same value
  facts::SharedList<std::string> added;    // only in the child's
  facts::SharedList<std::string> changed;  // in both, with different values
  facts::SharedList<std::string> removed;  // only in the parent's
};

// Of several entries with one name the first counts, as for getenv.
Crossing compare(const std::vector<facts::Variable>& parent, const std::vector<facts::Variable>& child);

// The environments of a trace. Most are equal to another one: each is decoded once, and two are compared once.
class Environments {
 public:
  // As variablesOf(). The record must stay valid.
  const facts::SharedList<facts::Variable>& of(const Record& environment);
  const Crossing& compare(const facts::SharedList<facts::Variable>& parent,
                          const facts::SharedList<facts::Variable>& child);

 private:
  struct Compared {
    facts::SharedList<facts::Variable> parent, child;  // keeps their identities from being given to others
    Crossing crossing;
  };
  std::unordered_map<std::string_view, facts::SharedList<facts::Variable>> known_;  // by the entries' bytes
  std::map<std::pair<const void*, const void*>, Compared> compared_;
};

}  // namespace envleak::trace

// Reads and writes of the environment, with the names that wrappers are given and that tables hold.
#pragma once

#include "analyzer/program/call_graph.h"
#include "facts/static_facts.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace envleak::analyzer {

template <typename Access>
struct Listed {
  Access fact;                         // its paths are canonical
  std::optional<FunctionId> function;  // empty: an initialiser outside functions
  std::size_t unit = 0;                // one that has it
  bool resolved = false;               // no name of its own; every name it can have is listed elsewhere
};

class Inventory {
 public:
  // `units`: as the graph was made of them.
  Inventory(const std::vector<UnitSummary>& units, const CallGraph& graph);

  const std::vector<Listed<facts::EnvironmentRead>>& reads() const { return reads_; }
  const std::vector<Listed<facts::EnvironmentWrite>>& writes() const { return writes_; }

 private:
  std::vector<Listed<facts::EnvironmentRead>> reads_;
  std::vector<Listed<facts::EnvironmentWrite>> writes_;
};

}  // namespace envleak::analyzer

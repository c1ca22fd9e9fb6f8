// Callbacks that are parameters: what a function reaches depends on what the call at hand passes.
#pragma once

#include "analyzer/program/call_graph.h"

#include <vector>

namespace envleak::analyzer {

// For each function itself, then for each set of callbacks that calls pass to one that calls them or passes them on.
std::vector<FunctionVariant> variantsOf(const CallGraph& graph, const Knowledge& knowledge);

}  // namespace envleak::analyzer

// What a vfork child does to the environment, it does to its parent's: both run in the same memory until the child
// calls exec or _exit (vfork(2)).
#pragma once

#include "analyzer/frontend/callees.h"
#include "analyzer/frontend/dataflow.h"
#include "analyzer/frontend/syntax_tree.h"
#include "facts/static_facts.h"

#include <vector>

namespace envleak::analyzer {

// Adds a hazard for every change of the environment between a vfork() in the body at `root` and the end of the branch
// that its child takes. Branches are known where an if or switch asks for the result of vfork(), at once or through the
// variable it was put in; elsewhere nothing is said. Changes in functions that the child calls are not seen.
void findVforkHazards(const SyntaxTree& tree, NodeId root, const Dataflow& dataflow, Callees& callees,
                      SourceFiles& files, std::vector<facts::Hazard>& hazards);

}  // namespace envleak::analyzer

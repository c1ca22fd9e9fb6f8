// The programs of a database: each main, what is linked to it, and the variables it can read.
#pragma once

#include "analyzer/frontend/compile_commands.h"
#include "analyzer/prefilter/source_text.h"
#include "analyzer/program/call_graph.h"
#include "analyzer/program/inventory.h"
#include "analyzer/program/links.h"
#include "facts/static_facts.h"

#include <string>
#include <vector>

namespace envleak::analyzer {

// With canonical paths, in order of main's place. A program can read what is read in functions that its main may reach,
// where a function whose address is taken counts as reached. Of `linked` the units say which definitions are its own.
// In `unparsed` a body may reach all that it names: a program can then be told more reads, never less.
std::vector<facts::Program> findPrograms(const std::vector<UnitSummary>& units, const CallGraph& graph,
                                         const Inventory& inventory, const std::vector<LinkedProgram>& linked,
                                         const std::vector<UnparsedText>& unparsed);

// Gives each site with a constant program the ids of the programs of that name.
void matchChildren(const std::vector<facts::Program>& programs, std::vector<facts::SpawnSite>& sites);

}  // namespace envleak::analyzer

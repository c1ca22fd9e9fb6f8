// From the program's sites to the facts that are written out: order, ids, relative paths, suppressions.
#pragma once

#include "analyzer/frontend/compile_commands.h"
#include "analyzer/frontend/summary.h"
#include "analyzer/knowledge/knowledge.h"
#include "facts/static_facts.h"

#include <string>
#include <vector>

namespace envleak::analyzer {

// Of `database` only what was skipped and what is linked is used. `root` and `paths` are canonical; `paths` empty: all.
// A pure function of its arguments; the order of the units does
// not matter.
facts::StaticFacts link(std::vector<UnitSummary> units, const CompilationDatabase& database, const Knowledge& knowledge, const std::string& root,
                        const std::vector<std::string>& paths);

}  // namespace envleak::analyzer

// From the program's sites to the facts that are written out: order, ids, relative paths, suppressions.
#pragma once

#include "analyzer/frontend/summary.h"
#include "analyzer/knowledge/knowledge.h"
#include "analyzer/prefilter/source_text.h"
#include "analyzer/program/links.h"
#include "facts/static_facts.h"

#include <string>
#include <vector>

namespace envleak::analyzer {

// What is known of the build beside the summaries.
struct Build {
  std::vector<facts::SkippedEntry> skipped;  // canonical paths
  std::vector<LinkedProgram> programs;
  std::vector<UnparsedText> unparsed;  // of units that are `skipped`, and of headers
};

// `root` and `paths` are canonical; `paths` empty: all. A pure function of its arguments; the order of the units does
// not matter.
facts::StaticFacts link(std::vector<UnitSummary> units, const Build& build, const Knowledge& knowledge, const std::string& root,
                        const std::vector<std::string>& paths);

}  // namespace envleak::analyzer

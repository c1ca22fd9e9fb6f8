// One translation unit, from its command to its summary. Runs in a worker process.
#pragma once

#include "analyzer/frontend/closure.h"
#include "analyzer/frontend/compile_commands.h"
#include "analyzer/frontend/preambles.h"
#include "analyzer/frontend/summary.h"
#include "analyzer/knowledge/knowledge.h"

#include <clang-c/Index.h>

namespace envleak::analyzer {

// `closure` is left empty if nothing was parsed.
UnitSummary summarize(CXIndex index, const CompileCommand& command, const Knowledge& knowledge, DatedHashes& hashes,
                      Preambles& preambles, Closure& closure);

}  // namespace envleak::analyzer

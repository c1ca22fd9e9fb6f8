// One translation unit, from its command to its summary. Runs in a worker process.
#pragma once

#include "analyzer/frontend/compile_commands.h"
#include "analyzer/frontend/summary.h"
#include "analyzer/knowledge/knowledge.h"

#include <clang-c/Index.h>

namespace envleak::analyzer {

UnitSummary summarize(CXIndex index, const CompileCommand& command, const Knowledge& knowledge);

}  // namespace envleak::analyzer

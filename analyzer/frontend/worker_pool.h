// Runs units through worker processes: libclang can crash or hang on hostile sources, and then costs one unit.
#pragma once

#include "analyzer/analyzer.h"
#include "analyzer/frontend/compile_commands.h"
#include "analyzer/frontend/summary.h"

#include <vector>

namespace envleak::analyzer {

// One summary per command, in their order. Throws InputError if no worker can be started.
std::vector<UnitSummary> summarizeAll(const std::vector<CompileCommand>& commands, const ScanOptions& options);

}  // namespace envleak::analyzer

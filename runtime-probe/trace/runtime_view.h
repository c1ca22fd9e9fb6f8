// A whole trace as runtime facts.
#pragma once

#include "facts/runtime_facts.h"
#include "runtime-probe/trace/trace_file.h"

namespace envleak::trace {

// The same trace gives the same facts, as long as the modules it names are unchanged.
facts::RuntimeFacts runtimeFactsOf(const TraceFile& trace);

}  // namespace envleak::trace

// What the recorder can still tell once the command has ended: why spawned images never said hello, and which
// processes are still running.
#pragma once

#include "runtime-probe/record/trace_file.h"

namespace envleak::probe {

void appendClosingRecords(TraceFile& trace);

// The command itself did not get the probe: `path` is its file.
void appendBlindCommand(TraceFile& trace, const std::string& path);

}  // namespace envleak::probe

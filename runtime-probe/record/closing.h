// What the recorder can still tell once the command has ended: why spawned images never said hello, and which
// processes are still running.
#pragma once

#include "runtime-probe/record/trace_file.h"

#include <string>

namespace envleak::probe {

// `command`: the file of the command itself, if it was given the probe; else empty.
void appendClosingRecords(TraceFile& trace, const std::string& command);

// The command itself did not get the probe: `path` is its file.
void appendBlindCommand(TraceFile& trace, const std::string& path);

}  // namespace envleak::probe

// The environment of a program that cannot tell it itself, as the recorder reads it.
#pragma once

#include "runtime-probe/preload/inject.h"
#include "runtime-probe/record/trace_file.h"

#include <functional>
#include <string>

namespace envleak::probe {

// `environment`: NUL-terminated strings. Has it both of the probe's own variables?
bool carriesProbe(const std::string& environment, const preload::ProbeNames& names);

// The loader is asked to list the program's libraries, as by ldd(1), not to run it.
bool listsLibraries(const std::string& environment);

// Appends an EnvironmentRecord (received) without the probe's own variables.
void appendReceived(TraceFile& trace, const std::string& environment, const preload::ProbeNames& names,
                    const std::function<void(trace::RecordHeader&)>& sign);

}  // namespace envleak::probe

// The probe's entry points: record a command, read a trace.
#pragma once

#include "facts/runtime_facts.h"

#include <cstdint>
#include <string>
#include <vector>

namespace envleak::probe {

struct RecordOptions {
  std::vector<std::string> command;
  std::string output;           // path of the trace
  std::string preload_library;  // absolute path of libenvleak-preload.so
  std::uint64_t trace_limit_bytes = 256ULL << 20;  // a full trace drops events and counts them
  bool values = false;          // keep the values themselves in the trace
  bool deep = false;            // learn who looked at each value first
  // Names of files that hold settings, beside those known: "*" stands for any text; no folders.
  std::vector<std::string> settings_files;
  bool supervise = false;       // follow every process by ptrace(2)
};

// `status` is the exit status as env(1) and timeout(1) have it: that of the command, 128+n if it died by signal n, 126
// if it could not be executed, 127 if it was not found. A command that was not started leaves no trace, and one that
// was at `output` before may still be there.
struct Recorded {
  int status = 0;
  bool started = false;
};

// Runs the command under the probe with its own stdin, stdout and stderr. Says on stderr why a command was not started.
// Throws InputError when recording itself is not possible (exit status 125).
Recorded record(const RecordOptions& options);

// Reads a trace, also one of a recording that still runs or was killed. Calls are resolved to source lines where debug
// information is at hand. A file that holds runtime facts as JSON is taken as well. Throws InputError for a file that
// is neither.
facts::RuntimeFacts readTrace(const std::string& path);

}  // namespace envleak::probe

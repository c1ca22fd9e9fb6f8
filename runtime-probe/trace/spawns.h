// What became of each spawn that a trace tells of: which new program answered, if any.
#pragma once

#include "runtime-probe/trace/trace_file.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace envleak::trace {

// How a spawn API relates to the process that calls it.
enum class SpawnManner {
  replaces,  // exec: the calling process becomes the new program
  creates,   // posix_spawn, system, popen, wordexp: a new process does
};
SpawnManner mannerOf(SpawnApi api);
// "execve", "posix_spawn"...; nothing for a value that is no SpawnApi.
std::string_view nameOf(SpawnApi api);

enum class Outcome {
  failed,    // the call returned an error
  attached,  // the new program said hello
  blind,     // it gave no sign
  unsure,    // the caller went on, without a result: neither can be said
};

struct Spawn {
  std::uint64_t order;  // offset of the SpawnRecord
  std::int32_t pid;     // of the record
  std::int32_t tid;
  SpawnApi api;
  bool vforked;
  Outcome outcome = Outcome::blind;
  int error = 0;
  std::int32_t child_pid = 0;  // as a SpawnResultRecord says; else 0
  std::uint64_t hello = 0;     // offset of the answer, if attached
  std::int32_t hello_pid = 0;
  std::int32_t hello_parent_pid = 0;
  const Record* blind_reason = nullptr;  // the BlindRecord
  const Record* at_call = nullptr;       // EnvironmentRecords
  const Record* passed = nullptr;
};

class SpawnIndex {
 public:
  explicit SpawnIndex(const TraceFile& trace);
  // Nothing for an id that no SpawnRecord has (it did not fit into the trace, or was torn).
  const Spawn* find(std::uint32_t id) const;
  // Is the hello at this offset the answer to this spawn? Else the handle was passed on by a program without probe.
  bool answers(std::uint64_t hello_offset, std::uint32_t id) const;

 private:
  std::unordered_map<std::uint32_t, Spawn> spawns_;
};

}  // namespace envleak::trace

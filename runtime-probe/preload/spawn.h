// Announcing a spawn, and giving the child the probe.
#pragma once

#include "runtime-probe/preload/call_site.h"
#include "runtime-probe/preload/inject.h"
#include "runtime-probe/preload/machine.h"
#include "runtime-probe/preload/names.h"
#include "runtime-probe/preload/real.h"
#include "runtime-probe/preload/spread.h"

namespace envleak::preload {

inline constexpr int currentDirectory = -100;  // AT_FDCWD

struct SpawnCall {
  trace::SpawnApi api;
  Caller from;
  const char* program;  // as given; empty for a descriptor
  Strings arguments;    // may be null
  Strings environment;  // may be null: empty
  int directory = currentDirectory;
  bool searches = false;           // the program is looked for in PATH
  const char* executed = nullptr;  // the file, where it is not `program`: the shell
};

struct Announced {
  bool published = false;
  bool injected = false;
  bool lists = false;  // not injected, as the loader will only list the program's libraries
  std::uint32_t id = 0;
  std::uint64_t record = 0;  // offset in the trace, 0 if the trace is full
  Residency looked_at{};     // as it was when the environment was published
  char first[64] = {};       // library that must be loaded before ours
};

// Publishes the call with the caller's environment and the one passed.
Announced announce(const SpawnCall& call);

// How it ended, for the caller: errno, or 0 and a pid.
void publishResult(const Announced& spawn, int error, int child);

// The child did not get the probe after all.
void withdraw(Announced& spawn);

int& errorNumber();  // errno

inline constexpr std::size_t mostOnStack = 1024;  // pointers; larger arrays are mapped

// Calls `execute(environment)` with the environment that takes the probe along; `failed(result)` is the errno or 0.
// An environment that is too large only because of the probe goes without it.
template <typename Execute, typename Failed>
__attribute__((noinline)) int launch(const SpawnCall& call, Announced& spawn, Execute execute, Failed failure) {
  constexpr int too_big = 7;  // E2BIG
  if (!spawn.published || (!spawn.injected && spreadCount() == 0)) return execute(call.environment);
  const InjectionSize size = injectionSize(call.environment, probeNames(), spawn.first);
  const std::size_t bytes = size.entries * sizeof(char*) + size.text;
  long mapping = 0;
  void* memory;
  if (bytes <= mostOnStack * sizeof(char*)) {
    memory = __builtin_alloca(bytes);
  } else {
    mapping = systemCall(SYS_mmap, 0, bytes, 3 /* read, write */, 0x22 /* private, anonymous */, -1, 0);
    if (failed(mapping)) {
      withdraw(spawn);
      return execute(call.environment);
    }
    memory = reinterpret_cast<void*>(mapping);
  }
  auto** array = static_cast<char**>(memory);
  if (spawn.injected)
    inject(call.environment, probeNames(), spawn.first, spawn.id, array, reinterpret_cast<char*>(array + size.entries));
  else
    copyEnvironment(call.environment, probeNames(), array);
  unspreadAll(array, spawn.looked_at);
  int result = execute(array);
  if (spawn.injected && failure(result) == too_big) {
    withdraw(spawn);
    result = execute(call.environment);
  }
  if (mapping != 0) systemCall(SYS_munmap, mapping, bytes);
  return result;
}

}  // namespace envleak::preload

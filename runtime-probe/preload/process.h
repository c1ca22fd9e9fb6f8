// What belongs to one process: its id, the tables that a forked child must not share. They lie in memory that the
// kernel wipes in a forked child (MADV_WIPEONFORK), so that a fork is noticed however it was made, without a system
// call per event. A vfork child shares them with its parent until it execs.
#pragma once

#include "runtime-probe/preload/residency.h"

#include <cstddef>
#include <cstdint>

namespace envleak::preload {

struct ReadSlot {
  std::uint64_t key;     // hash of name and return address; 0: free
  std::uint64_t record;  // offset of the ReadRecord in the trace; 0: being published; noRecord: it did not fit
  std::uint32_t early;   // reads counted before the record was published
  std::uint32_t reserved;
};
inline constexpr std::uint64_t noRecord = ~std::uint64_t{0};
// Most images read little: their slots lie in the page that is in use anyway.
inline constexpr std::size_t firstReadSlots = 96;
inline constexpr std::size_t moreReadSlots = 8192;

struct CodeRange {
  std::uint64_t start;  // executable part
  std::uint64_t end;
  std::uint64_t bias;
  const void* link_map;
  std::uint32_t ready;
};
inline constexpr std::size_t maxModules = 512;

struct ProcessTables {
  std::uint32_t state;  // 0: wiped, 1: being renewed, 2: in use
  std::int32_t pid;
  std::uint32_t exited;  // ExitRecord published
  std::uint32_t module_count;
  Residency touched_before;  // in a forked child: looked at before the fork
  Residency script_touched_before;
  ReadSlot first_reads[firstReadSlots];
  CodeRange modules[maxModules];
  ReadSlot more_reads[moreReadSlots];
};

// The one funnel: every hook asks this first. Initialises if nothing has yet, publishes a fork that no hook saw.
// False: not under the probe; just do what libc does.
bool observing();

ProcessTables* tables();
std::int32_t processId();  // cached; in a vfork child that of its parent
std::int32_t threadId();   // 0 in a sandbox
bool inVforkChild();       // the caller shares its parent's memory

// After seccomp: no system call may be made any more.
bool sandboxed();
void setSandboxed(bool sandboxed);

// A filter was in force when this image started: the probe's start has passed it, rarer system calls might not.
bool startedFiltered();

// In the child of a fork: publishes it. The environment it began with is what its parent had, and is known only if this
// is noticed at once, before the child can have changed it.
enum class Noticed { atOnce, later };
void renewAfterFork(Noticed noticed);

}  // namespace envleak::preload

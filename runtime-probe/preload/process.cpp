#include "runtime-probe/preload/process.h"

#include "runtime-probe/preload/channel.h"
#include "runtime-probe/preload/environment.h"
#include "runtime-probe/preload/first_touch.h"
#include "runtime-probe/preload/machine.h"
#include "runtime-probe/preload/start.h"

#include <linux/mman.h>

namespace envleak::preload {
namespace {

enum : std::uint32_t { untouched, starting, attached, detached };
std::uint32_t phase;
ProcessTables* process_tables;
std::int32_t forker;  // pid of the process that renewed the tables last: in a new child still its parent's
bool in_sandbox;
bool filtered;

std::int32_t askProcessId() { return static_cast<std::int32_t>(systemCall(SYS_getpid)); }

bool makeTables() {
  const long address =
      systemCall(SYS_mmap, 0, sizeof(ProcessTables), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (failed(address)) return false;
  if (systemCall(SYS_madvise, address, sizeof(ProcessTables), MADV_WIPEONFORK) != 0) {
    systemCall(SYS_munmap, address, sizeof(ProcessTables));
    return false;
  }
  process_tables = reinterpret_cast<ProcessTables*>(address);
  process_tables->pid = forker = askProcessId();
  process_tables->state = 2;
  return true;
}

bool startOnce() {
  std::uint32_t expected = untouched;
  // Whoever comes second, be it a signal handler, meanwhile goes straight to libc.
  if (!__atomic_compare_exchange_n(&phase, &expected, starting, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE))
    return expected == attached;
  const char* handle = hideProbe();
  constexpr int get_seccomp = 21;
  if (handle != nullptr) filtered = systemCall(SYS_prctl, get_seccomp) != 0;
  bool ok = false;
  if (handle != nullptr && makeTables()) {
    ok = attachTrace(handle);
    if (!ok) systemCall(SYS_munmap, process_tables, sizeof(ProcessTables));
  }
  if (ok) publishStart();
  __atomic_store_n(&phase, ok ? attached : detached, __ATOMIC_RELEASE);
  return ok;
}

}  // namespace

bool observing() {
  const std::uint32_t now = __atomic_load_n(&phase, __ATOMIC_ACQUIRE);
  if (__builtin_expect(now != attached, 0) && (now != untouched || !startOnce())) return false;
  if (__builtin_expect(__atomic_load_n(&process_tables->state, __ATOMIC_ACQUIRE) == 0, 0))
    renewAfterFork(Noticed::later);
  return true;
}

void renewAfterFork(Noticed noticed) {
  if (__atomic_load_n(&phase, __ATOMIC_ACQUIRE) != attached) return;
  std::uint32_t expected = 0;
  if (!__atomic_compare_exchange_n(&process_tables->state, &expected, 1, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE))
    return;
  const std::int32_t parent = forker;
  __atomic_store_n(&process_tables->pid, sandboxed() ? parent : askProcessId(), __ATOMIC_RELAXED);
  forker = process_tables->pid;
  RecordWriter record(trace::RecordKind::fork, sizeof(trace::ForkRecord), 0);
  if (record) {
    record.body<trace::ForkRecord>()->parent_pid = parent;
    record.publish();
  }
  renewResidency();
  watchFirstTouches();
  if (noticed == Noticed::atOnce) publishEnvironment(trace::Purpose::at_fork, 0, currentEnvironment(), askResidency());
  __atomic_store_n(&process_tables->state, 2, __ATOMIC_RELEASE);
}

ProcessTables* tables() { return process_tables; }

std::int32_t processId() {
  const std::int32_t pid = __atomic_load_n(&process_tables->pid, __ATOMIC_RELAXED);
  return pid != 0 ? pid : askProcessId();
}

std::int32_t threadId() { return sandboxed() ? 0 : static_cast<std::int32_t>(systemCall(SYS_gettid)); }

bool inVforkChild() { return !sandboxed() && askProcessId() != processId(); }

bool sandboxed() { return __atomic_load_n(&in_sandbox, __ATOMIC_RELAXED); }
void setSandboxed(bool sandboxed) { __atomic_store_n(&in_sandbox, sandboxed, __ATOMIC_RELAXED); }
bool startedFiltered() { return filtered; }

}  // namespace envleak::preload

#include "runtime-probe/preload/spawn_progress.h"

#include "runtime-probe/preload/machine.h"
#include "runtime-probe/preload/process.h"

namespace envleak::preload {
namespace {

constexpr std::int32_t by_child = -1;

// The process that is about to exec, or by_child. A vfork child that succeeds leaves its number in its parent's
// memory, where it says nothing. Laid out with the program's own thread-local variables, so that access never
// allocates.
__attribute__((tls_model("initial-exec"))) __thread std::int32_t in_progress;

std::int32_t thisProcess() { return sandboxed() ? processId() : static_cast<std::int32_t>(systemCall(SYS_getpid)); }

}  // namespace

// Also before libc's functions are led: that may happen within the call, by another preload that looks them up.
SpawnInProgress::SpawnInProgress(Runs runs) : before_(in_progress) {
  in_progress = runs == Runs::here ? thisProcess() : by_child;
}

SpawnInProgress::~SpawnInProgress() { in_progress = before_; }

bool SpawnInProgress::any() { return in_progress == by_child || (in_progress != 0 && in_progress == thisProcess()); }

}  // namespace envleak::preload

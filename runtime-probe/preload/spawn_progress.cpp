#include "runtime-probe/preload/spawn_progress.h"

#include "runtime-probe/preload/libc_spawns.h"
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

SpawnInProgress::SpawnInProgress(Runs runs) : before_(0) {
  if (!leadsLibcSpawns()) return;
  before_ = in_progress;
  in_progress = runs == Runs::here ? thisProcess() : by_child;
}

SpawnInProgress::~SpawnInProgress() {
  if (leadsLibcSpawns()) in_progress = before_;
}

bool SpawnInProgress::any() { return in_progress == by_child || (in_progress != 0 && in_progress == thisProcess()); }

}  // namespace envleak::preload

// A death by a signal is the recorder's to see, or nobody's.
#include "runtime-probe/preload/exits.h"

#include "runtime-probe/preload/channel.h"
#include "runtime-probe/preload/machine.h"
#include "runtime-probe/preload/process.h"
#include "runtime-probe/preload/real.h"

namespace envleak::preload {

void publishExit(int status) {
  if (!observing() || inVforkChild()) return;
  if (__atomic_exchange_n(&tables()->exited, 1, __ATOMIC_ACQ_REL) != 0) return;
  publishTouched();
  RecordWriter record(trace::RecordKind::exit, sizeof(trace::ExitRecord), 0);
  if (!record) return;
  record.body<trace::ExitRecord>()->status = status & 0xFF;
  record.stampTime();
  record.publish();
}

}  // namespace envleak::preload

using namespace envleak::preload;

ENVLEAK_EXPORT void _exit(int status) {
  publishExit(status);
  real()._exit(status);
  __builtin_unreachable();
}

ENVLEAK_EXPORT void _Exit(int status) {
  publishExit(status);
  real()._Exit(status);
  __builtin_unreachable();
}

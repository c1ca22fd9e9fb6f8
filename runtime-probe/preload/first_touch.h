// record --deep: who looked at a value first. The kernel samples every page fault of this process's threads with the
// registers and the top of the stack; those in the windows of residency.h are published with their call site. The
// samples lie in a buffer of fixed size for each processor, without a descriptor: what does not fit is lost, and said
// so. Looks by the kernel (write(2)) are not sampled.
#pragma once

#include "runtime-probe/preload/residency.h"

namespace envleak::preload {

// At the start of an image, and in a forked child, which has no buffers any more.
void watchFirstTouches();

// Publishes what has been sampled since; before the names themselves are.
void publishFirstTouches();

}  // namespace envleak::preload

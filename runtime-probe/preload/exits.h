// The end of an image by its own will.
#pragma once

namespace envleak::preload {

// Publishes what was looked at, and the end; once in a process, and not in a vfork child.
void publishExit(int status);

}  // namespace envleak::preload

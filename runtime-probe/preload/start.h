// The start of an observed image.
#pragma once

#include "runtime-probe/adapters/adapter.h"

namespace envleak::preload {

// Takes the probe's own entries out of the environment, in the array that the kernel made and that `environ`, main's
// third argument and the walk past argv all use. Returns the trace's path, or null if there was no handle.
const char* hideProbe();

// Hello, the environment received, and what can be told at once about this image's blind spots.
void publishStart();

// Was there a variable of this name in the environment that this image received?
bool wasReceived(adapters::Text name);

}  // namespace envleak::preload

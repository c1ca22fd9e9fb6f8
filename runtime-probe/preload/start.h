// The start of an observed image.
#pragma once

namespace envleak::preload {

// Takes the probe's own entries out of the environment, in the array that the kernel made and that `environ`, main's
// third argument and the walk past argv all use. Returns the trace's path, or null if there was no handle.
const char* hideProbe();

// Hello, the environment received, and what can be told at once about this image's blind spots.
void publishStart();

}  // namespace envleak::preload

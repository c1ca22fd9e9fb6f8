// Reads by name that pass no interposed function.
#pragma once

#include "runtime-probe/preload/machine.h"

#include <cstdint>

namespace envleak::preload {

// What libc's own getenv does once it is led here (inline_patch.h).
char* readOfLibc(const char* name);

// The code of libc.
void setLibcRange(std::uint64_t start, std::uint64_t end);

// A function that was called from there is about to look for a program in PATH.
void noteSearch(const Caller& from);

}  // namespace envleak::preload

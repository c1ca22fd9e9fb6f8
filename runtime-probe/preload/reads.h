// Reads by name that pass no interposed function.
#pragma once

#include "runtime-probe/adapters/adapter.h"
#include "runtime-probe/preload/machine.h"

#include <cstdint>

namespace envleak::preload {

// What libc's own getenv does once it is led here (inline_patch.h).
char* readOfLibc(const char* name);

// A read of an interpreted program, as its adapter tells it.
void noteAccess(const adapters::Access& access);
void noteCopy(const char* api, std::uint64_t place);  // of all variables

// The code of libc.
void setLibcRange(std::uint64_t start, std::uint64_t end);

// A function that was called from there is about to look for a program in PATH.
void noteSearch(const Caller& from);

}  // namespace envleak::preload

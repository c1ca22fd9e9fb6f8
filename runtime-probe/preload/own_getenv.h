// A program that exports its own getenv (bash, sudo) is asked before the probe by everyone, itself included.
#pragma once

#include <cstdint>

namespace envleak::preload {

// `headers`: address of the executable's program headers (AT_PHDR).
bool exportsGetenv(std::uint64_t headers, std::uint64_t count);

}  // namespace envleak::preload

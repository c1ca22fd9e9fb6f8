// The received values, each moved to where the kernel can tell whether it was looked at (windows.h), and the pointers
// in the kernel's own envp array led there. Comparing names touches no value. The original strings stay where the
// kernel put them; what the probe itself reads or hands to the kernel are those, so that it touches nothing.
#pragma once

#include "runtime-probe/preload/residency.h"
#include "runtime-probe/preload/windows.h"

#include <cstddef>
#include <cstdint>

namespace envleak::preload {

struct Spread {
  char* original;
  std::uint64_t start;  // the first 8 bytes of "NAME=", zeros behind
  std::uint32_t name_length;
  std::uint32_t number;    // in the pool
  std::uint32_t position;  // in the environment's array
};

// Moves the values of the kernel's environment array. Without effect where memory or address space is short, or where
// there are too many variables.
void spreadValues(char** environment);

std::size_t spreadCount();
bool allSpread();  // every received variable that is not the loader's own
const Spread& spreadAt(std::size_t i);
char* spreadValue(std::size_t i);

// The number of the spread string that begins at `entry`; spreadCount() or more: it is none.
std::size_t spreadIndexOf(const char* entry);

// What a name is compared by before anything else.
std::uint64_t startOfName(const char* name, std::size_t length);

// The string as it was received, if `entry` is a spread one that the program has not changed; else `entry` itself.
const char* unspread(const char* entry, const Residency& now);
void unspreadAll(char** array);

}  // namespace envleak::preload

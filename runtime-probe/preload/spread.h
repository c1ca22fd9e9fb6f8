// The received values, each moved to where the kernel can tell whether it was looked at (windows.h), and the pointers
// in the kernel's own envp array led there. Comparing names touches no value. The original strings stay where the
// kernel put them; what the probe itself reads or hands to the kernel are those, so that it touches nothing.
#pragma once

#include "runtime-probe/preload/residency.h"
#include "runtime-probe/preload/windows.h"

#include <cstddef>
#include <cstdint>

namespace envleak::preload {

// What stood at one place of the environment's array as the kernel made it.
struct Received {
  char* as_put;          // what stands there now
  std::uint64_t hash;    // of the name
  char* original;
  std::uint32_t number;  // in the pool
  std::uint16_t name_length;
  std::uint16_t window;
};

// In one block: of most images two pages hold all that is used.
struct ReceivedTable {
  std::uint8_t tags[maxWindows];    // a byte of each hash
  std::uint16_t order[maxWindows];  // positions, by window
  Received at[maxWindows];          // by position
};
extern ReceivedTable receivedTable;

// Moves the values of the kernel's environment array. Without effect where memory or address space is short, or where
// there are too many variables.
void spreadValues(char** environment);

std::size_t spreadCount();
// The values once more, in the same windows elsewhere, not looked at yet; null where that cannot be had. Two views do
// not see what is written to the other.
char* mapValuesAgain();
bool allSpread();  // every received variable that is not the loader's own
const Received& spreadAt(std::size_t window);
char* spreadValue(std::size_t window);

// For lookups: how many entries stand in the array, and where the next one from `from` on is whose name has this hash;
// knownEntries() if there is none.
std::size_t knownEntries();
std::size_t nextNamed(std::uint64_t hash, std::size_t from);

// The position that the spread string had which begins at `entry`; maxWindows: it is none.
std::size_t receivedPosition(const char* entry);
std::size_t windowAt(std::size_t position);  // of the string received there; maxWindows: it was not spread

// The string as it was received, if `entry` is a spread one that the program has not changed; else `entry` itself.
const char* unspread(const char* entry, const Residency& now);
void unspreadAll(char** array, const Residency& now);

}  // namespace envleak::preload

// Which values were looked at, by whomever: the program, a library that walks `environ`, libc, or the kernel for it.
//
// Each received value lies at the start of a 64 KiB window of its own in a private file mapping, with its name in the
// window before, and the pointers in the kernel's own envp array lead there. A page is mapped when it is first looked
// at, together with present neighbours in its window at most; the kernel tells which pages are mapped. Comparing names
// touches no value. The original strings stay where the kernel put them; what the probe itself reads or hands to the
// kernel are those, so that it touches nothing.
// What is not seen: values that were swapped out before they were asked about; names of the form LD_* that the loader
// does not know. Its own variables need no watching.
#pragma once

#include "runtime-probe/preload/real.h"

#include <cstddef>
#include <cstdint>

namespace envleak::preload {

inline constexpr std::size_t maxWindows = 1024;

struct Residency {
  std::uint64_t bits[maxWindows / 64];
  bool has(std::size_t i) const { return (bits[i / 64] >> i % 64 & 1) != 0; }
};

// Moves the values of the kernel's environment array. Without effect where memory or address space is short, or where
// there are too many variables.
void spreadValues(char** environment);
bool isSpread();

Residency askResidency();

// The string as it was received, if `entry` is a spread one that the program has not changed; else `entry` itself.
const char* unspread(const char* entry, const Residency& now);
void unspreadAll(char** array);

// In a forked child: what counts as touched from here on.
void renewResidency();

// The name of the variable in whose value's window the address lies; null for any other address.
const char* nameOfWindow(std::uint64_t address, std::size_t& length);

// Where the values lie, for a recorder that supervises.
void publishWindows();

// Publishes the names touched so far. Is more to come, of which nothing will be told?
enum class Account { last, soFar };
void publishTouched(Account account = Account::last);

}  // namespace envleak::preload

// Which values were looked at, by whomever: the program, a library that walks `environ`, libc, or the kernel for it.
//
// A page of a spread value (spread.h) is mapped when it is first looked at, together with present neighbours in its
// window at most; the kernel tells which pages are mapped.
// What is not seen: values that were swapped out before they were asked about; names of the form LD_* that the loader
// does not know. Its own variables need no watching.
#pragma once

#include <cstddef>
#include <cstdint>

namespace envleak::preload {

inline constexpr std::size_t maxWindows = 1024;

struct Residency {
  std::uint64_t bits[maxWindows / 64];
  bool has(std::size_t i) const { return (bits[i / 64] >> i % 64 & 1) != 0; }
};

Residency askResidency();
// Of the values that lie as the spread ones do, the first at `first`.
Residency askResidencyAt(char* first);

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

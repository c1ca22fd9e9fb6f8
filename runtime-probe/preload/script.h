// Where the program stands that an interpreter runs: asked of the language adapter, if one is at work in this process.
#pragma once

#include "runtime-probe/adapters/adapter.h"

#include <cstdint>

namespace envleak::preload {

// Null before openAdapter, and in every program that is no interpreter.
extern const adapters::Adapter* adapter;

// A number for the place; 0 where there is no script or where it cannot be asked.
inline std::uint64_t placeInScript() {
  return __builtin_expect(adapter == nullptr, 1) ? 0 : adapter->place();
}

// Called for a variable by the interpreter on its own account: no read of the script's.
inline bool isWithheld(const char* name) {
  return __builtin_expect(adapter != nullptr && adapter->withholds != nullptr, 0) && adapter->withholds(name);
}

// Publishes the calls in progress in the script. Returns the offset of the record; 0: none.
std::uint64_t publishScript();

// To be called once, before main: opens the adapter of the language whose interpreter this program is.
void openAdapter();

}  // namespace envleak::preload

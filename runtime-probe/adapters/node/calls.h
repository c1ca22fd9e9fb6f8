// Where the script stands.
#pragma once

#include "runtime-probe/adapters/adapter.h"

namespace envleak::node {

std::size_t callsInProgress(adapters::Frame* to, std::size_t most);
std::uint64_t innermostPlace();

// Where the script is now, in more detail: the call itself, and those it was made from.
struct Place {
  std::uint64_t call;
  std::uint64_t callers;
};
Place placeNow();

// The thread is about to ask for innermostPlace(), and this is it.
void remember(const Place& place);

// The innermost call is in node's own code of this name ("node:child_process").
bool isWithin(const char* module);

// A child may be forked while other threads hold V8's locks: it is told what its parent saw before. To be called once.
void watchForks();

}  // namespace envleak::node

// The calls in progress on this thread, as perl's caller() would tell them, read from the interpreter's memory.
#pragma once

#include "runtime-probe/adapters/perl/interpreter.h"

namespace envleak::perl {

// Before the script runs: where it was started.
void noteFolder();

std::size_t frames(adapters::Frame* to, std::size_t most);

// The statement that `my_perl` executes; 0: none.
std::uint64_t placeIn(const PerlInterpreter* my_perl);
std::uint64_t place();

}  // namespace envleak::perl

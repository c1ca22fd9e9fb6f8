// Operations on %ENV as they are executed: the functions behind them are replaced by ones that look whether the hash is
// %ENV, tell it, and call the original.
#pragma once

#include "runtime-probe/adapters/perl/interpreter.h"

namespace envleak::perl {

void replaceOperations();

void tellRead(const PerlInterpreter* my_perl, adapters::Text name, bool set);
void tellWhole(const PerlInterpreter* my_perl, const char* api);
bool wholeWasTold();

// The element that `my_perl`'s current statement named last where it may be changed: whether it is read is seen when its
// value is looked at.
bool namedForChange(const PerlInterpreter* my_perl, std::uint64_t hash);

// Whether `my_perl`'s current operation told its element itself.
bool toldByOperation(const PerlInterpreter* my_perl);

}  // namespace envleak::perl

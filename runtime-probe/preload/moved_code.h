// The first instructions of a function, moved elsewhere to make room for a jump.
#pragma once

#include <cstddef>

namespace envleak::preload {

inline constexpr std::size_t jumpSize = 5;
inline constexpr std::size_t movedCodeSize = 64;

// Writes to `to`, which has movedCodeSize bytes, what does the same as the instructions at `from` that the first
// jumpSize bytes belong to, and then goes on behind them. False: there is one among them that it does not know.
bool moveCode(const unsigned char* from, unsigned char* to);

}  // namespace envleak::preload

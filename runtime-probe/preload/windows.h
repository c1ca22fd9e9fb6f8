// How an environment string lies in memory, so that the kernel can tell whether its value was looked at: "NAME=" ends
// one window, the value begins the next.
#pragma once

#include <cstddef>

namespace envleak::preload {

inline constexpr std::size_t window = 64 * 1024;   // what one page fault maps at most, aligned
inline constexpr std::size_t stride = 2 * window;  // the window that the name ends, and the value's
inline constexpr std::size_t longestName = 4000;
inline constexpr std::size_t longestValue = 60 * 1024;

}  // namespace envleak::preload

// Limits of the process on its resources (getrlimit(2)), asked without libc.
#pragma once

#include "runtime-probe/preload/machine.h"

namespace envleak::preload {

inline constexpr int fileSizeLimit = 1;      // RLIMIT_FSIZE: for files in memory too; to go beyond it raises a signal
inline constexpr int addressSpaceLimit = 9;  // RLIMIT_AS
inline constexpr std::uint64_t unlimited = ~std::uint64_t{0};

// In bytes; 0 where the kernel does not say.
inline std::uint64_t softLimit(int resource) {
  struct {
    std::uint64_t soft, hard;
  } limit;
  return failed(systemCall(SYS_prlimit64, 0, resource, 0, &limit)) ? 0 : limit.soft;
}

}  // namespace envleak::preload

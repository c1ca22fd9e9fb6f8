// The ELF files mapped into this process, published once each as they are needed.
#pragma once

#include <cstdint>

namespace envleak::preload {

// The address lies in the executable part of a mapped ELF file, which has been published.
bool isCode(std::uint64_t address);

}  // namespace envleak::preload

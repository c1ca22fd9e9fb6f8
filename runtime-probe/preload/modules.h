// The ELF files mapped into this process, published once each as they are needed.
#pragma once

#include <cstddef>
#include <cstdint>

namespace envleak::preload {

// The file of the program itself, so that the kernel is not asked again. It must stay where it is.
void setProgramPath(const char* path, std::size_t length);


// The address lies in the executable part of a mapped ELF file, which has been published.
bool isCode(std::uint64_t address);

}  // namespace envleak::preload

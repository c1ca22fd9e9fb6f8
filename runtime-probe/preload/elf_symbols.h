// The dynamic symbols of a loaded ELF file, read from its tables: no lock, no search order, nothing resolved.
#pragma once

#include <elf.h>

#include <cstdint>

namespace envleak::preload {

// The definition of `name`, or null. `dynamic` is the file's PT_DYNAMIC segment as it is mapped, `bias` what its
// addresses are off by. Files without DT_GNU_HASH define nothing.
const Elf64_Sym* findDefinition(const Elf64_Dyn* dynamic, std::uint64_t bias, const char* name);

}  // namespace envleak::preload

#include "runtime-probe/preload/own_getenv.h"

#include "runtime-probe/preload/elf_symbols.h"

namespace envleak::preload {

// Read from the tables rather than by dlsym: the address of a function that the program only takes looks to dlsym like
// a definition.
bool exportsGetenv(std::uint64_t headers, std::uint64_t count) {
  const auto* segments = reinterpret_cast<const Elf64_Phdr*>(headers);
  const Elf64_Phdr* dynamic = nullptr;
  std::uint64_t bias = 0;
  for (std::uint64_t i = 0; segments != nullptr && i < count; ++i) {
    if (segments[i].p_type == PT_PHDR) bias = headers - segments[i].p_vaddr;
    if (segments[i].p_type == PT_DYNAMIC) dynamic = &segments[i];
  }
  return dynamic != nullptr &&
         findDefinition(reinterpret_cast<const Elf64_Dyn*>(bias + dynamic->p_vaddr), bias, "getenv") != nullptr;
}

}  // namespace envleak::preload
